// draw.mjs FOLDER OUT [NAME...] draws the cards of a folder, all or those named,
// as Teams does about: Microsoft's renderer, markdown on, 480 pixels wide (WIDTH
// is another width), into OUT/NAME.png. CHROMIUM is the browser.
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join, basename } from "node:path";
import puppeteer from "puppeteer-core";

const [folder, out, ...names] = process.argv.slice(2);
const script = (name) => readFileSync(join(import.meta.dirname, "node_modules", name), "utf8");
const colors = { default: { default: "#242424", subtle: "#616161" }, accent: { default: "#5b5fc7", subtle: "#5b5fc7" }, warning: { default: "#835c00", subtle: "#835c00" }, attention: { default: "#c4314b", subtle: "#c4314b" }, good: { default: "#237b4b", subtle: "#237b4b" }, light: { default: "#616161", subtle: "#616161" }, dark: { default: "#242424", subtle: "#242424" } };
const style = (backgroundColor) => ({ backgroundColor, foregroundColors: colors });
const host = {
  fontFamily: "Segoe UI, Noto Sans CJK JP, sans-serif", fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 }, separator: { lineThickness: 1, lineColor: "#e0e0e0" },
  containerStyles: { default: style("#ffffff"), emphasis: style("#f5f5f5"), accent: style("#e8ebfa"), good: style("#e7f2da"), warning: style("#fbf6d9"), attention: style("#fcf4f6") },
  actions: { maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal", actionAlignment: "left" },
  inputs: { label: { inputSpacing: 4, requiredInputs: { color: "default", weight: "default", suffix: " *", suffixColor: "attention" }, optionalInputs: { color: "default" } }, errorMessage: { color: "attention", spacing: "small" } },
  textBlock: { headingLevel: 2 }, factSet: { title: { weight: "bolder", maxWidth: 150 }, spacing: 12 },
};
const css = `.ac-actionSet>div,.ac-actionSet{flex-wrap:wrap;row-gap:8px}body{margin:0;padding:12px;background:#f5f5f5}#card{background:#fff;border-radius:6px;border:1px solid #ddd;box-sizing:border-box}
.ac-pushButton{font:600 14px 'Noto Sans CJK JP',sans-serif;padding:6px 12px;border:1px solid #d1d1d1;border-radius:4px;background:#fff;color:#242424}
.style-positive{background:#5b5fc7!important;color:#fff!important}.style-destructive{background:#c4314b!important;color:#fff!important}
.ac-input{font:14px 'Noto Sans CJK JP',sans-serif;padding:6px;border:1px solid #d1d1d1;border-radius:4px;width:100%;box-sizing:border-box}`;

mkdirSync(out, { recursive: true });
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
let cut = 0;
try {
  const page = await browser.newPage();
  await page.setViewport({ width: Number(process.env.WIDTH ?? 480), height: 100 });
  await page.setContent(`<style>${css}</style><div id="card"></div>`);
  await page.addScriptTag({ content: script("adaptivecards/dist/adaptivecards.js") });
  await page.addScriptTag({ content: script("markdown-it/dist/browser/markdown-it.umd.min.js") });
  for (const file of readdirSync(folder).filter((n) => n.endsWith(".json"))) {
    const name = basename(file, ".json");
    if (names.length > 0 && !names.includes(name)) continue;
    const wide = await page.evaluate((json, config) => {
      AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
        result.outputHtml = markdownit().render(text);
        result.didProcess = true;
      };
      const card = new AdaptiveCards.AdaptiveCard();
      card.hostConfig = new AdaptiveCards.HostConfig(config);
      card.parse(JSON.parse(json));
      document.getElementById("card").replaceChildren(card.render());
      const edge = document.getElementById("card").getBoundingClientRect().right;
      return [...document.querySelectorAll("#card *")].some((e) => e.getBoundingClientRect().right > edge);
    }, readFileSync(join(folder, file), "utf8"), host);
    if (wide) console.log(`${name}: something is cut off at the right`);
    cut += wide ? 1 : 0;
    await page.screenshot({ path: join(out, name + ".png"), fullPage: true });
  }
} finally {
  await browser.close();
}
process.exitCode = cut > 0 ? 1 : 0;
