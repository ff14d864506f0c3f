// Conditions in the browser: the same answers as rules/condition/decide.py.
const MOST = 999999999999999;
const has = Object.hasOwn;

// Whether a JSON value is an answer of its kind (`kinds` of as_json.py).
function suits(v, [kind, more]) {
  const text = typeof v === "string", list = Array.isArray(v) && v.length > 0;
  const is = (code) => more.includes(code);
  switch (kind) {
    case "n": {
      const scale = 10 ** more, whole = Math.round(v * scale);
      return Math.abs(whole) <= MOST && whole / scale === v;
    }
    case "d": {
      const day = text && /^[12]\d{3}-\d\d-\d\d$/.test(v) ? Date.parse(v + "T00:00Z") : NaN;
      return !isNaN(day) && new Date(day).toISOString().startsWith(v);
    }
    case "b": return typeof v === "boolean";
    case "o": return is(v);
    case "m": return list && v.every(is);
    case "t": return text && v.trim() !== "";
    default: return list && v.every((item) => item && typeof item === "object" && !Array.isArray(item));
  }
}

// The answers that count: known, given, and of the right type.
export function clean(raw, kinds) {
  const facts = {};
  for (const field in kinds) if (has(raw, field) && suits(raw[field], kinds[field])) facts[field] = raw[field];
  return facts;
}

// Whether it is definitely true; with `wanted` false, definitely false.
export function holds([test, ...args], facts, wanted = true) {
  const [field, a, b, aIn, bIn] = args, value = facts[field], given = has(facts, field);
  switch (test) {
    case "selalu": return wanted;
    case "bukan": return holds(field, facts, !wanted);
    case "dan":
    case "atau":
      return args[(test === "dan") === wanted ? "every" : "some"]((part) => holds(part, facts, wanted));
    case "ada": return given === wanted;
    case "in": return given && [].concat(value).some((one) => a.includes(one)) === wanted;
    case "r":
      return given && wanted === ((a === null || value > a || (aIn && value === a)) &&
        (b === null || value < b || (bIn && value === b)));
  }
  throw new Error(test);
}
