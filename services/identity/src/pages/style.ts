import { createHash } from 'node:crypto';

/** Every page's. Colours keep 4.5:1 on their ground (3:1 for lines around fields), in light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --text: #1b1b1b; --quiet: #505050; --line: #6b6b6b; --deed: #0b4f8a;
  --on-deed: #fff; --wrong: #b00020; --band: #eef2f6; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181c; --text: #f1f1f1; --quiet: #bdbdbd; --line: #9a9a9a; --deed: #8cc4ff; --on-deed: #10202f;
    --wrong: #ff9a9a; --band: #22262d; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1.0625rem/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 34rem; margin: 0 auto; padding: 1rem; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 1rem; border-bottom: 1px solid var(--line); }
header p { margin: 0; font-weight: 600; }
h1 { font-size: 1.625rem; line-height: 1.25; margin: .5rem 0 1rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
p, li, dd, td { overflow-wrap: anywhere; }
a { color: var(--deed); }
label { display: block; margin-bottom: .25rem; font-weight: 600; }
input { width: 100%; font: inherit; padding: .5rem .625rem; color: inherit; background: var(--ground); border: 2px solid var(--line);
  border-radius: .25rem; }
button, .deed { display: inline-block; font: inherit; font-weight: 600; padding: .5rem 1.25rem; margin: 1rem .5rem 0 0; cursor: pointer;
  text-decoration: none; color: var(--on-deed); background: var(--deed); border: 2px solid var(--deed); border-radius: .25rem; }
button.language { font-weight: inherit; padding: 0; margin: 0; color: var(--deed); background: none; border: 0; text-decoration: underline; }
button.other { color: var(--deed); background: var(--ground); }
:focus-visible { outline: 3px solid var(--deed); outline-offset: 3px; }
.quiet, footer { color: var(--quiet); }
.wrong { border: 3px solid var(--wrong); padding: .25rem 1rem; margin: 0 0 1.5rem; }
.wrong h2 { margin: .5rem 0 0; color: var(--wrong); }
.told { background: var(--band); padding: .5rem 1rem; border-radius: .25rem; }
.number { font-size: 5.5rem; line-height: 1.1; font-weight: 700; letter-spacing: .15em; margin: 1rem 0; text-align: center; }
.typed { font-family: ui-monospace, monospace; font-size: 1.375rem; letter-spacing: .1em; }
.code input { font-family: ui-monospace, monospace; font-size: 1.375rem; letter-spacing: .15em; }
ul.plain { list-style: none; padding: 0; }
ul.plain > li { border-bottom: 1px solid var(--line); padding: .75rem 0; }
ul.plain p { margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dd { margin: 0; }
.qr { background: #fff; padding: 1rem; max-width: 16rem; margin: 1rem 0; }
.qr svg { display: block; width: 100%; height: auto; }
nav { margin-top: 2rem; }
nav p { margin: .5rem 0; }
`;

/** What the policy names: no other style is used. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;
