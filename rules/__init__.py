"""What a rule means: pure functions over plain data, no files, no clock, no network.

From the ground up, each floor standing on those before it:

- words and values: `words`, `kind`, `field`, `citation`, `duration`, `condition/`, `formula`, `printed`, `codec`
- what an officer wrote: `table`, `permit` (one version, whole), `city`; `ruleset` gives each rule its id, `release` is
  the artifact format
- what answers come to: `answers`, `derived`, `settled` (all three together: answers to facts), `calculation`
- money: `fee` makes a `bill` from `fee_plan`, `fee_amounts`, `fee_names` and `tariff`
- time: `workdays` tells when something is due, by `office_calendar`, and its `story`
- the engine: `engine` is durable-rules behind one function, over `conjunct`, `numbering`, `scale`, `packing`, `limit`;
  what it concludes is in `conclusion` and `reason`; `probe` and `engine_canary` try it before it serves
- the decision: `decider` puts all of it together into a `decision`, each part with the reason `carried` by the answers;
  `decision_told` says it as JSON
"""
