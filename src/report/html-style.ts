import { OUTCOMES } from '../core/outcome.ts';
import { DARK, LIGHT, type Palette } from './html-palette.ts';

/** The whole style sheet of an HTML report: system fonts, light, dark and print, readable from 320 px. */
export function htmlStyle(): string {
  return [
    `:root{color-scheme:light dark;${variables(LIGHT)}}`,
    `@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}`,
    PAGE,
    TABLES,
    CHARTS,
    ...OUTCOMES.map(
      (outcome) =>
        `.text-${outcome}{color:var(--${outcome});fill:var(--${outcome})}` +
        `.mark-${outcome}{stroke:var(--${outcome});fill:var(--${outcome})}` +
        `.badge-${outcome}{color:var(--${outcome});background:var(--${outcome}-ground)}` +
        `.band-${outcome}{border-color:var(--${outcome});background:var(--${outcome}-ground)}`,
    ),
    `@media print{:root{color-scheme:light;${variables(LIGHT)}}${PRINT}}`,
  ].join('\n');
}

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, color]) => `--${name}:${color}`)
    .join(';');
}

const PAGE = `
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
main{max-width:66rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
h1{font-size:clamp(1.3rem,4.2vw,1.75rem);line-height:1.25;margin:0;overflow-wrap:anywhere}
h2{font-size:1.15rem;line-height:1.3;margin:2rem 0 .6rem}
h3{font-size:1rem;margin:1.2rem 0 .4rem}
p{margin:.8rem 0;max-width:46rem;overflow-wrap:anywhere}
.band{border-left:.4rem solid;border-radius:.4rem;padding:1rem 1.1rem;margin-bottom:1.2rem}
.band p{margin:.6rem 0 0}
.loud{display:inline-block;letter-spacing:.03em;font-weight:800}
.lead{font-size:1.06rem}
.quiet,.quiet code{color:var(--quiet);font-size:.92rem}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;font-size:.9em}
code{background:var(--raised);border-radius:.25rem;padding:.08em .3em;overflow-wrap:anywhere}
pre{background:var(--raised);padding:.8rem;border-radius:.4rem;overflow-x:auto}
ul{padding-left:1.2rem;max-width:46rem}
li{margin:.35rem 0;overflow-wrap:anywhere}
.callout{border:1px solid var(--hold);border-left-width:.4rem;border-radius:.4rem;padding:.7rem 1rem;background:var(--hold-ground)}
.callout p{margin:0}
.facts{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin:1.2rem 0;padding:.7rem 0;border:solid var(--line);border-width:1px 0;font-size:.88rem}
.facts div{display:flex;gap:.4rem;align-items:baseline}
.facts dt{color:var(--quiet)}
.facts dd{margin:0;overflow-wrap:anywhere}
details{border-top:1px solid var(--line)}
details:last-of-type{border-bottom:1px solid var(--line)}
summary{cursor:pointer;padding:.7rem .2rem}
summary h2{display:inline;font-size:1.02rem;font-weight:600;margin:0}
details[open]>summary h2{color:var(--challenger)}
.folded{padding:0 .2rem 1rem}
summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--challenger);outline-offset:2px;border-radius:.2rem}
footer{margin-top:2rem;color:var(--quiet);font-size:.88rem}
.badge{display:inline-block;white-space:nowrap;font-weight:600;border-radius:1rem;padding:0 .6em}`;

const TABLES = `
.scroll{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;width:100%;font-size:.93rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--quiet);font-size:.85rem;padding-bottom:.3rem}
th,td{padding:.45rem .8rem .45rem 0;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--quiet);font-weight:600;font-size:.85rem;white-space:nowrap}
tbody th{font-weight:600;min-width:8.5rem;max-width:22rem;overflow-wrap:anywhere}
.right{text-align:right;white-space:nowrap}
@media (max-width:40rem){
.headline thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.headline table,.headline tbody,.headline tr,.headline th,.headline td,.headline caption{display:block;width:auto;max-width:none}
.headline tr{border:1px solid var(--line);border-radius:.4rem;padding:.5rem .75rem;margin:0 0 .6rem}
.headline th,.headline td{border:0;padding:.1rem 0}
.headline td{display:flex;justify-content:space-between;gap:1rem;white-space:normal;text-align:right}
.headline .nothing{display:none}
.headline td::before{content:attr(data-heading);color:var(--quiet);text-align:left;font-size:.88rem}
}`;

const CHARTS = `
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1rem 2rem}
figure{margin:1rem 0;min-width:0}
figcaption{font-weight:600;margin-bottom:.5rem}
figure details:last-of-type,figure details{border:0}
figure summary{padding:.3rem 0;font-size:.85rem;color:var(--quiet)}
.chart{display:block;font-family:inherit}
.chart-square{max-width:30rem}
.chart text{fill:var(--text);font-size:13px}
.chart .tick{fill:var(--quiet);font-size:11.5px}
.chart .axis,.chart .key{fill:var(--quiet);font-size:12.5px}
.chart .row-label{font-weight:600}
.charts+.quiet{margin-top:0}
.chart .small{paint-order:stroke;stroke:var(--ground);stroke-width:4px;stroke-linejoin:round;font-size:12.5px;font-weight:400}
.chart .row-numbers{fill:var(--quiet);font-size:12.5px;font-variant-numeric:tabular-nums}
.chart .grid{stroke:var(--line);stroke-width:1}
.chart .diagonal{stroke:var(--quiet);stroke-dasharray:2 4}
.chart .line{fill:none;stroke-width:2.2}
.chart .thin{stroke-width:1.2}
.chart .champion{stroke:var(--champion);stroke-dasharray:6 4}
.chart .challenger{stroke:var(--challenger)}
.chart .dot.challenger{fill:var(--challenger);fill-opacity:.75}
.chart .dot.champion{fill:var(--ground);fill-opacity:.6;stroke-width:1.8;stroke-dasharray:none}
.chart .strip{fill:var(--raised)}
.chart .bad-side{fill:var(--fail-ground)}
.chart .limit{stroke:var(--fail);stroke-width:2.5}
.chart .reference{stroke:var(--quiet);stroke-width:1.5;stroke-dasharray:3 3}
.chart .interval{stroke-width:2.5}
.chart .point{stroke:none}
.chart .arrow{stroke:none;font-size:14px}
.chart .text-pass{fill:var(--pass)}
.chart .text-hold{fill:var(--hold)}
.chart .text-error{fill:var(--error)}
.chart .text-fail{fill:var(--fail)}
.chart .arrow.mark-pass{fill:var(--pass)}
.chart .arrow.mark-hold{fill:var(--hold)}
.chart .arrow.mark-error{fill:var(--error)}
.chart .arrow.mark-fail{fill:var(--fail)}`;

const PRINT = `
main{max-width:none;padding:0}
details>summary{list-style:none}
details::details-content{content-visibility:visible;display:block}
.scroll{overflow:visible}
figure,tr{break-inside:avoid}`;
