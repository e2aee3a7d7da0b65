import type { Block, Document } from './document.ts';
import { escapeHtml } from './escape-html.ts';
import { htmlBlocks } from './html-block.ts';
import { htmlStyle } from './html-style.ts';

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** A document as one self-contained HTML file: no scripts, nothing external, and a policy that forbids both. */
export function toHtml(document: Document): string {
  const [band, rest] = splitBand(document.blocks);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(document.title)}</title>
<style>
${htmlStyle()}
</style>
</head>
<body>
<main>
<header class="band band-${document.outcome}">
${htmlBlocks(band)}
</header>
${htmlBlocks(rest)}
</main>
</body>
</html>
`;
}

/** The heading and the paragraphs and callouts right after it stand in the coloured band. */
function splitBand(blocks: readonly Block[]): [Block[], Block[]] {
  const end = blocks.findIndex((block) => block.kind !== 'heading' && block.kind !== 'paragraph');
  const cut = end === -1 ? blocks.length : end;
  return [blocks.slice(0, cut), blocks.slice(cut)];
}
