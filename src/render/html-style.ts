/** The style sheet of the HTML report: one column on a phone, figure beside table on a screen, ink on white on paper. */
export const HTML_STYLE = `
:root {
  --ground: #fbfbf9; --sheet: #ffffff; --ink: #1b1f24; --soft: #59626d; --rule: #d5d9de; --track: #eceef0; --link: #005a8d;
  --warn-ground: #fff3cd; --warn-ink: #5c4300; --warn-rule: #e0b84c;
  --s0: #0072b2; --s1: #e69f00; --s2: #009e73; --s3: #d55e00; --s4: #56b4e9; --s5: #cc79a7; --s6: #8a8f98;
  --q0: #b7d3e9; --q1: #86b9dc; --q2: #4a97c9; --q3: #0d6aa8; --q4: #053f6b;
  --on0: #1b1f24; --on1: #1b1f24; --on2: #1b1f24; --on3: #ffffff; --on4: #ffffff;
  --alarm: #8f1d14; --on-alarm: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --sheet: #1c2024; --ink: #e8eaed; --soft: #a4acb6; --rule: #3a4149; --track: #2a2f35; --link: #7cc4f0;
    --warn-ground: #3b2f0b; --warn-ink: #ffe08a; --warn-rule: #8a6d1a;
    --s0: #4ba3dc; --s1: #f0b13c; --s2: #35c49a; --s3: #f08040; --s4: #8fd0f5; --s5: #e3a3c6; --s6: #7d848d;
    --q0: #1d3f5c; --q1: #235d8c; --q2: #4a90c4; --q3: #8cc4ec; --q4: #d9eefd;
    --on0: #ffffff; --on1: #ffffff; --on2: #10151a; --on3: #10151a; --on4: #10151a;
    --alarm: #ff9d8f; --on-alarm: #10151a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { overflow-wrap: break-word; margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header, main { max-width: 68rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .8rem; }
p, ul { margin: 0 0 .8rem; max-width: 46rem; }
ul { padding-left: 1.2rem; }
a { color: var(--link); }
bdi { overflow-wrap: anywhere; }
code { font: .875em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--track); border-radius: 4px; padding: .1em .3em; overflow-wrap: anywhere; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
code span { display: inline-block; max-width: 100%; }
.badge { white-space: nowrap; }
.badge.critical, .badge.high { font-weight: 700; border: 2px solid var(--alarm); border-radius: 4px; padding: 0 .35em; color: var(--alarm); }
.badge.critical { background: var(--alarm); color: var(--on-alarm); text-transform: uppercase; letter-spacing: .03em; }
.badge.medium { font-weight: 600; }
.badge.low, .badge.info { color: var(--soft); }
pre { margin: 0 0 .8rem; padding: .5rem .7rem; background: var(--track); border-radius: 6px; font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--sheet); padding: .3rem .6rem; }
.subtitle, .note { color: var(--soft); }
.note { font-size: .875rem; line-height: 1.5; }
.label { background: var(--warn-ground); color: var(--warn-ink); border: 1px solid var(--warn-rule); border-radius: 6px; padding: .6rem .9rem; margin: 0 0 1.2rem; max-width: none; font-weight: 600; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .7rem; margin: 1.2rem 0; }
.tiles div { background: var(--sheet); border: 1px solid var(--rule); border-radius: 8px; padding: .7rem .9rem; }
.tiles dt { font-size: .875rem; color: var(--soft); }
.tiles dd { margin: 0; }
.tiles .value { font-size: 1.7rem; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums; }
nav ul { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; padding: 0; margin: 0 0 1.4rem; max-width: none; }
nav a { display: block; font-size: .875rem; padding: .25rem .7rem; border: 1px solid var(--rule); border-radius: 99px; text-decoration: none; background: var(--sheet); }
nav a:hover, nav a:focus { text-decoration: underline; }
section { background: var(--sheet); border: 1px solid var(--rule); border-radius: 10px; padding: 1.2rem 1.1rem; margin: 0 0 1.2rem; }
section > :last-child, .pair > * { margin-bottom: 0; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.2rem 2.2rem; align-items: start; margin: 0 0 .8rem; }
figure { margin: 0 0 .8rem; min-width: 0; }
figcaption, caption { text-align: left; font-weight: 600; font-size: .9375rem; padding: 0 0 .5rem; }
.frame { display: block; font-weight: 400; font-size: .875rem; color: var(--soft); }
.framed { max-width: 46rem; }
figure .note { margin: .5rem 0 0; }
svg { display: block; overflow: visible; font-family: inherit; }
svg:not([height]) { height: auto; }
svg .ink { fill: var(--ink); } svg .num { font-variant-numeric: tabular-nums; }
svg .track { fill: var(--track); } svg .guide { stroke: var(--rule); }
svg .maybe { fill: var(--s6); fill-opacity: .35; }
svg .s0 { fill: var(--s0); } svg .s1 { fill: var(--s1); } svg .s2 { fill: var(--s2); } svg .s3 { fill: var(--s3); }
svg .s4 { fill: var(--s4); } svg .s5 { fill: var(--s5); } svg .s6 { fill: var(--s6); }
svg .veil { fill-opacity: .15; } svg .coast { stroke: var(--rule); }
svg .q0 { fill: var(--q0); } svg .q1 { fill: var(--q1); } svg .q2 { fill: var(--q2); } svg .q3 { fill: var(--q3); } svg .q4 { fill: var(--q4); }
svg .on0 { fill: var(--on0); } svg .on1 { fill: var(--on1); } svg .on2 { fill: var(--on2); } svg .on3 { fill: var(--on3); } svg .on4 { fill: var(--on4); } svg .onheld { fill: #10151a; }
svg .l0 { stroke: var(--s0); } svg .l1 { stroke: var(--s1); } svg .l2 { stroke: var(--s2); } svg .l3 { stroke: var(--s3); }
svg .l4 { stroke: var(--s4); } svg .l5 { stroke: var(--s5); } svg .l6 { stroke: var(--s6); }
svg .l0 circle { fill: var(--s0); } svg .l1 circle { fill: var(--s1); } svg .l2 circle { fill: var(--s2); } svg .l3 circle { fill: var(--s3); } svg .l4 circle { fill: var(--s4); } svg .l5 circle { fill: var(--s5); }
caption span { position: sticky; left: 0; display: inline-block; max-width: calc(100vw - 3.5rem); }
.scroll { overflow-x: auto; margin: 0 0 .8rem; }
.scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.4; }
th, td { text-align: left; vertical-align: top; padding: .32rem .6rem .32rem 0; border-bottom: 1px solid var(--rule); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--soft); font-weight: 600; border-bottom-width: 2px; vertical-align: bottom; }
tbody th { font-weight: 400; min-width: 6rem; overflow-wrap: anywhere; }
tbody td:not(.num) { min-width: 5rem; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead .num { white-space: normal; }
.cards bdi { overflow-wrap: break-word; }
.cards tbody th { min-width: 2.5rem; }
.cards tbody td:nth-child(2) { white-space: nowrap; }
@media (max-width: 30rem) {
  table { font-size: .8125rem; }
  th, td { padding-right: .4rem; }
}
@media screen and (max-width: 52rem) {
  .cards, .cards caption, .cards tbody, .cards tr { display: block; }
  .cards thead, .cards td:empty { display: none; }
  .cards bdi { overflow-wrap: anywhere; }
  .cards tr { border: 1px solid var(--rule); border-radius: 8px; padding: .4rem .7rem; margin: 0 0 .7rem; }
  .cards th, .cards td { display: grid; grid-template-columns: 4.6rem minmax(0, 1fr); gap: 0 .6rem; justify-items: start; text-align: left; white-space: normal; border: 0; padding: .12rem 0; }
  .cards th::before, .cards td::before { content: attr(data-name); color: var(--soft); }
}
@media (min-width: 60rem) {
  header, main { padding-left: 2rem; padding-right: 2rem; }
  section { padding: 1.5rem 1.6rem; }
  .pair { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
}
@media print {
  :root {
    --ground: #ffffff; --sheet: #ffffff; --ink: #000000; --soft: #444444; --rule: #bbbbbb; --track: #eeeeee; --link: #000000;
    --s0: #0072b2; --s1: #e69f00; --s2: #009e73; --s3: #d55e00; --s4: #56b4e9; --s5: #cc79a7; --s6: #8a8f98;
    --q0: #b7d3e9; --q1: #86b9dc; --q2: #4a97c9; --q3: #0d6aa8; --q4: #053f6b;
    --on0: #1b1f24; --on1: #1b1f24; --on2: #1b1f24; --on3: #ffffff; --on4: #ffffff;
    --warn-ground: #ffffff; --warn-ink: #000000; --warn-rule: #000000; --alarm: #000000; --on-alarm: #ffffff;
  }
  body { font-size: 10pt; }
  nav, .skip { display: none; }
  section { border: 0; padding: .6rem 0; }
  section, figure { break-inside: auto; }
  h2 { break-after: avoid; }
  tr, figure { break-inside: avoid; }
  .scroll { overflow: visible; }
  .scroll table { font-size: 7.5pt; }
  .cards bdi { overflow-wrap: anywhere; }
  .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  caption span { position: static; max-width: none; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
