/** The style sheet of the description. Its colours keep a contrast of 4.5 : 1 in both schemes (a test computes it). */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1b1f24; --soft: #4a5361; --line: #b9c0ca; --block: #f2f4f7; --link: #0b4f9e;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #14181d; --ink: #e8ebef; --soft: #b3bcc8; --line: #46505e; --block: #1e242c; --link: #8fc1ff; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 0 1rem 3rem; max-width: 62rem; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--paper); }
.skip:focus { left: 0; top: 0; }
h1, h2, h3, h4 { line-height: 1.25; }
h1 { margin: 1.5rem 0 .5rem; }
main h2 { margin-top: 2.5rem; padding-bottom: .25rem; border-bottom: 2px solid var(--line); }
h4 { margin: 1.25rem 0 .5rem; color: var(--soft); }
nav { padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
nav h2 { margin: .75rem 0 .25rem; font-size: 1.05rem; }
nav ul { margin: 0; padding-left: 1.25rem; }
nav a { display: inline-block; min-height: 1.5rem; }
article { margin: 1.5rem 0; padding: 0 1rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
.address code { font-size: 1.05rem; }
.verb { padding: .1rem .5rem; border: 2px solid currentColor; border-radius: .25rem; }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .925em; }
pre { padding: .75rem 1rem; overflow-x: auto; background: var(--block); border: 1px solid var(--line); border-radius: .25rem; overflow-wrap: normal; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { font-weight: 600; }
dd { margin: 0; }
dl.kinds > div { display: contents; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; overflow-wrap: normal; }
th, td { padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--soft); }
tbody th { font-weight: 400; }
footer { margin-top: 3rem; color: var(--soft); }
@media (max-width: 30rem) {
  body { padding: 0 .5rem 2rem; }
  article { padding: 0 .5rem .75rem; }
  dl:not(.kinds) { display: block; }
  dl:not(.kinds) dd { margin: 0 0 .5rem; }
}
@media print { nav, .skip { display: none; } }
`;
