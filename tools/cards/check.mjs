// check.mjs FOLDER... reads every .json in the folders as an Adaptive Card: by
// the schema in SCHEMA_DIR, if it is set, by Microsoft's own parser, by bytes,
// and by what a clerk could not use. One line a fault; ends with 1 if any.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import Ajv from "ajv";

const require = createRequire(import.meta.url);
const AC = require("adaptivecards/dist/adaptivecards.js"); // its modules are not for Node
const draft6 = require("ajv/dist/refs/json-schema-draft-06.json");

const maxBytes = 28 * 1024;

function bySchema() {
  if (!process.env.SCHEMA_DIR) return () => [];
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
  ajv.addMetaSchema(draft6);
  const schema = JSON.parse(readFileSync(join(process.env.SCHEMA_DIR, "adaptive-card-1.5.schema.json"), "utf8"));
  delete schema.id; // a draft older than the one it names
  const validate = ajv.compile(schema);
  if (validate({ type: "AdaptiveCard", version: "1.5", body: [{ type: "TextBlok", text: "x" }] })) throw new Error("the schema takes anything");
  return (card) => (validate(card) ? [] : validate.errors.map((e) => `schema: ${e.instancePath} ${e.message}`));
}

function byParser(card) {
  const context = new AC.SerializationContext();
  new AC.AdaptiveCard().parse(card, context);
  const faults = [];
  for (let i = 0; i < context.eventCount; i++) faults.push(`parser: ${context.getEventAt(i).message}`);
  return faults;
}

// byUse finds what is valid and yet of no use.
function byUse(card) {
  const faults = [];
  const ids = new Set();
  const walk = (x) => {
    if (Array.isArray(x)) return x.forEach(walk);
    if (!x || typeof x !== "object") return;
    if (/^(TextBlock|TextRun)$/.test(x.type) && !x.text?.trim()) faults.push(`use: an empty ${x.type}`);
    if (x.type === "RichTextBlock" && !x.inlines?.length) faults.push("use: an empty RichTextBlock");
    if (typeof x.text === "string" && /\bui\.[a-z]|<no value>|%!/.test(x.text)) faults.push(`use: a key for a text: ${x.text}`);
    if (x.type?.startsWith("Input.")) {
      if (!x.label || !x.errorMessage) faults.push("use: an input without a label or an error message");
      if (ids.has(x.id)) faults.push(`use: two inputs ${x.id}`);
      ids.add(x.id);
    }
    Object.values(x).forEach(walk);
  };
  walk(card.body);
  const shown = (card.actions ?? []).filter((a) => a.mode !== "secondary");
  if (shown.length > 6) faults.push(`use: ${shown.length} actions in sight`);
  for (const a of card.actions ?? [])
    if (!a.title || a.fallback?.type !== "Action.Submit" || !(a.data?.choice || a.data?.ask)) faults.push("use: an action without a title, a fallback or an id");
  return faults;
}

const schema = bySchema();
const seen = { cards: 0, faults: 0, largest: 0 };
for (const folder of process.argv.slice(2)) {
  for (const name of readdirSync(folder).filter((n) => n.endsWith(".json"))) {
    const text = JSON.stringify(JSON.parse(readFileSync(join(folder, name), "utf8")));
    const card = JSON.parse(text);
    delete card.msteams;
    const bytes = Buffer.byteLength(text);
    const faults = [...schema(card), ...byParser(card), ...byUse(card)];
    if (bytes > maxBytes) faults.push(`use: ${bytes} bytes`);
    for (const fault of faults) console.log(`${join(folder, name)}: ${fault}`);
    seen.cards++;
    seen.faults += faults.length;
    seen.largest = Math.max(seen.largest, bytes);
  }
}
const by = process.env.SCHEMA_DIR ? "schema and parser" : "parser only; SCHEMA_DIR is not set";
console.log(`cards: ${seen.cards} read, ${seen.faults} faults, the largest has ${seen.largest} bytes (${by})`);
process.exitCode = seen.faults > 0 || seen.cards === 0 ? 1 : 0;
