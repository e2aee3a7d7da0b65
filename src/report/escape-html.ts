import { visibleText } from './visible-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Foreign text for HTML or SVG, as content or inside a quoted attribute: the one escaping function of that output. */
export function escapeHtml(value: string): string {
  return visibleText(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
