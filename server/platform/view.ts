import { h, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

const mostFragments = 5_000;
const fragments = new Map<string, string>();

/** The whole HTML document of a page. Everything in it is escaped, but what `htmlNode` carries. */
export function documentOf(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}

/**
 * The HTML of a piece of a page, rendered once for each `key`. The key must hold everything the piece shows, and its
 * language: what changes is then another piece, and nobody is ever shown an old one. The piece asks for no context.
 */
export function fragment(key: string, piece: () => VNode): string {
  const known = fragments.get(key);
  if (known !== undefined) return known;

  if (fragments.size >= mostFragments) fragments.clear();
  const html = renderToString(piece());
  fragments.set(key, html);
  return html;
}

/** HTML that `fragment` has rendered, as a child of another element; never text that somebody typed. */
export function htmlNode(tag: string, attributes: Record<string, string>, html: string): VNode {
  return h(tag, { ...attributes, dangerouslySetInnerHTML: { __html: html } });
}
