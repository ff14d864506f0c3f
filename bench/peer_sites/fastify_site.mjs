// The same form and the same submission in fastify: an ejs template that loops, ajv, and an insert by better-sqlite3.
// Run by `bench.peers` in a folder of its own, where its packages are installed.
import { createRequire } from "node:module";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(join(process.env.PEER_PACKAGES, "package.json"));
const fastify = require("fastify");
const ejs = require("ejs");
const Database = require("better-sqlite3");

const folder = process.env.PEER_FOLDER;
const fields = JSON.parse(readFileSync(join(folder, "fields.json"), "utf-8"));
const page = ejs.compile(readFileSync(join(dirname(fileURLToPath(import.meta.url)), "fastify_form.ejs"), "utf-8"));

const database = new Database(join(folder, "fastify.sqlite3"));
database.pragma("journal_mode = WAL");
database.pragma("synchronous = FULL");
database.exec(`
  CREATE TABLE application (id INTEGER PRIMARY KEY, nomor TEXT UNIQUE, key TEXT UNIQUE, answers TEXT, filed_at TEXT);
  CREATE TABLE event (id INTEGER PRIMARY KEY, application INTEGER REFERENCES application, kind TEXT, at TEXT);`);
const known = database.prepare("SELECT nomor FROM application WHERE key = ?");
const file = database.prepare("INSERT INTO application (nomor, key, answers, filed_at) VALUES (?, ?, ?, ?)");
const tell = database.prepare("INSERT INTO event (application, kind, at) VALUES (?, ?, ?)");
const keep = database.transaction((key, answers) => {
  const before = known.get(key);
  if (before) return before.nomor;
  const nomor = randomUUID();
  const now = new Date().toISOString();
  const { lastInsertRowid } = file.run(nomor, key, JSON.stringify(answers), now);
  tell.run(lastInsertRowid, "diajukan", now);
  return nomor;
});

const schemaOf = (field) => {
  switch (field.kind) {
    case "teks": return { type: "string", minLength: 1, maxLength: 200 };
    case "bilangan": return { type: "integer", minimum: field.min, maximum: field.max };
    case "desimal": return { type: "number", minimum: field.min, maximum: field.max };
    case "pilihan": return { enum: field.options };
    case "ya_tidak": return { type: "boolean" };
    case "tanggal": return { type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" };
  }
};
const body = {
  type: "object",
  additionalProperties: false,
  required: fields.map((field) => field.code),
  properties: Object.fromEntries(fields.map((field) => [field.code, schemaOf(field)])),
};

const app = fastify();
app.get("/", async () => "ok");
app.get("/form", async (request, reply) => reply.type("text/html").send(page({ fields, values: {}, errors: {} })));
app.post("/kirim", { schema: { body } }, async (request, reply) =>
  reply.code(201).send({ nomor: keep(request.headers["idempotency-key"], request.body) }));
await app.listen({ host: "127.0.0.1", port: Number(process.env.PEER_PORT) });
