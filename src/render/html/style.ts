/** The style sheet of the page, whole: nothing is loaded from elsewhere. Colours are at least 4.5 to 1 against their ground, those of shapes 3 to 1. */

const LIGHT = `--ground:#ffffff;--raised:#f4f6f8;--text:#1c2126;--faint:#57606a;--rule:#cfd6dd;--link:#0b57b0;
--pass:#1a6b37;--warn:#8a5300;--fail:#b3261e;--skip:#57606a;
--shape-0:#0b6bcb;--shape-1:#6f42c1;--shape-2:#a84f00;--shape-3:#1a7f5a;--shape-4:#8a1c5c;--shape-5:#57606a;`;

const DARK = `--ground:#14181c;--raised:#1e242a;--text:#e6e9ec;--faint:#a7b0b9;--rule:#3a434c;--link:#7db7ff;
--pass:#7fd69a;--warn:#f0bf5c;--fail:#ff9a8d;--skip:#a7b0b9;
--shape-0:#5aa9f5;--shape-1:#b79af0;--shape-2:#f0a35c;--shape-3:#5cc79b;--shape-4:#e98cbf;--shape-5:#a7b0b9;`;

const TEXT = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:66rem;padding:1rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.4rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.25rem;line-height:1.3;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--rule);padding-bottom:.2rem}
h3{font-size:1.05rem;line-height:1.35;margin:1.2rem 0 .4rem}
h4{font-size:.9rem;margin:.8rem 0 .15rem;color:var(--faint)}
p{margin:.3rem 0}
ul{margin:.2rem 0;padding-left:1.3rem}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.9em;unicode-bidi:isolate}
pre{white-space:pre-wrap;margin:.4rem 0;padding:.6rem .7rem;background:var(--raised);border:1px solid var(--rule);border-radius:4px}
pre.command{border-left:4px solid var(--link);user-select:all;-webkit-user-select:all}
pre.lines{background:none;border:0;padding:0}
small,.faint,.note,figcaption+.note{color:var(--faint);font-size:.85rem}
.skip-link{position:absolute;left:-99rem}
.skip-link:focus{position:static}
header p{color:var(--faint)}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:.6rem 0}
footer{margin-top:2.5rem;border-top:1px solid var(--rule);padding-top:.6rem;color:var(--faint);font-size:.85rem}
details{margin:.4rem 0}
summary{cursor:pointer;color:var(--link)}
`;

const PARTS = `
.verdict{border:2px solid;border-radius:6px;padding:.8rem 1rem;margin-top:1rem}
.verdict h2{border:0;margin:0;padding:0;font-size:1.5rem}
.verdict.pass,.verdict.pass h2{border-color:var(--pass)}.verdict.pass h2{color:var(--pass)}
.verdict.warn,.verdict.warn h2{border-color:var(--warn)}.verdict.warn h2{color:var(--warn)}
.verdict.fail,.verdict.fail h2{border-color:var(--fail)}.verdict.fail h2{color:var(--fail)}
.lead{font-size:1.15rem;font-weight:600}
.cause{border-left:4px solid var(--warn);padding:.1rem 0 .1rem .9rem;margin:1rem 0}
.cause.fail{border-left-color:var(--fail)}
.cause .sign{color:var(--warn)}.cause.fail .sign{color:var(--fail)}
.cause h3{margin-top:0}
.facts-line span::before{content:"· ";color:var(--faint)}
.status{white-space:nowrap;font-weight:600}
.status.pass{color:var(--pass)}.status.warn{color:var(--warn)}.status.fail{color:var(--fail)}.status.skip{color:var(--skip);font-weight:400}
table{border-collapse:collapse;width:100%;margin:.6rem 0 1rem;font-size:.92rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--rule);font-weight:400;min-width:4.5rem}
thead th{color:var(--faint);font-size:.85rem}
th.number,td.number{text-align:right;font-variant-numeric:tabular-nums}
td.status{white-space:nowrap}
td.status,th.status{width:6.5rem}
tr.group th{font-weight:600;padding-top:.8rem}
tbody th small{display:block;font-weight:400}
td ul{padding-left:1rem}
.row-skip td,.row-skip th{color:var(--faint)}
.remedy p{margin:.3rem 0}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:.1rem 2rem;margin:.4rem 0 1rem}
.facts div{display:flex;gap:.6rem;padding:.15rem 0;border-bottom:1px solid var(--rule)}
dt{flex:0 0 9rem;color:var(--faint)}
dd{margin:0;min-width:0}
@media (max-width:42rem){
table,tbody,tr,td,th,caption{display:block}
thead{position:absolute;left:-99rem}
tbody tr{padding:.4rem 0;border-bottom:1px solid var(--rule)}
th,td{border:0;padding:.1rem 0;min-width:0}
th.number,td.number{text-align:left}
td.nothing{display:none}
td[data-title]::before{content:attr(data-title) ": ";color:var(--faint)}
td.status::before{content:none}
td.status,th.status{width:auto}
tbody th[scope=row]{font-weight:600}
dt{flex-basis:7rem}
}
`;

const DRAWINGS = `
figure{margin:1rem 0 1.6rem}
figcaption{font-weight:600;margin-bottom:.4rem}
svg.drawing{display:block;max-width:100%;height:auto}
svg.narrow{display:none}
@media (max-width:42rem){svg.wide{display:none}svg.narrow{display:block}}
svg text{fill:var(--text);font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-size:12px}
svg .mark,svg .unit,svg .missing,svg .detail{fill:var(--faint)}
svg .missing{font-style:italic}
svg .stop{font-weight:600}
svg .hop{font-size:11px}
.grid,.axis{fill:none;stroke:var(--rule)}
.axis{stroke:var(--faint)}
.phase-0{fill:var(--shape-0)}.phase-1{fill:var(--shape-1)}.phase-2{fill:var(--shape-2)}.phase-3{fill:var(--shape-3)}.phase-4{fill:var(--shape-4)}.phase-5{fill:var(--shape-5)}
.total{fill:none;stroke:var(--text)}
.line{fill:none;stroke:var(--shape-0);stroke-width:1}
.span{fill:none;stroke:var(--shape-5);stroke-width:1.5;opacity:.6}
.dots{fill:none;stroke:var(--shape-0);stroke-width:3.5;stroke-linecap:round}
.lost{fill:none;stroke:var(--fail)}
.link{stroke:var(--text);stroke-width:2;fill:none}
.link.broken{stroke:var(--faint);stroke-dasharray:3 5}
.node{fill:var(--ground);stroke:var(--shape-0);stroke-width:2}
.node.here,.node.target{stroke:var(--text)}
.node.silent{stroke:var(--faint);stroke-dasharray:3 3}
.node.loses{stroke:var(--fail);stroke-width:3}
.node.spares{stroke:var(--warn);stroke-dasharray:8 3}
.node.unclear{stroke:var(--faint)}
.node.unreached{stroke:var(--fail)}
.inner{fill:var(--text)}
.cross{stroke:var(--fail);stroke-width:3;fill:none}
svg.budget{display:block;max-width:100%;margin-top:.2rem}
.grades{color:var(--faint);font-size:.82rem;margin:0}
.grade-objective{fill:var(--pass)}.grade-acceptable{fill:var(--shape-3);opacity:.7}.grade-beyond{fill:var(--warn)}.grade-critical{fill:var(--fail)}
.pointer{fill:var(--text);stroke:var(--text)}
@media (forced-colors:active){.node,.link,.axis,.line,.dots,.lost,.span,.cross,.total,.pointer{stroke:CanvasText}svg text{fill:CanvasText}}
`;

/** On paper: light, everything unfolded but the tables that repeat a drawing, nothing to click, and no drawing, cause or row torn in two. */
const PAPER = `
@page{size:A4;margin:14mm}
@media print{
:root{color-scheme:light;${LIGHT}}
body{max-width:none;padding:0;font-size:10pt}
nav,.skip-link,figure details{display:none}
a{color:inherit;text-decoration:none}
details::details-content{content-visibility:visible;display:block;block-size:auto;opacity:1}
summary{color:var(--text);font-weight:600;list-style:none}
figure,.cause,tr,pre,.verdict{break-inside:avoid}
h2,h3,h4,caption,figcaption,summary,tr.group{break-after:avoid}
thead{display:table-header-group}
}
`;

export const STYLE = `:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}${TEXT}${PARTS}${DRAWINGS}${PAPER}`;
