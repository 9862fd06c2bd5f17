import axeCore from 'axe-core';
import type { Page, Route } from 'playwright-core';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** WCAG 1.4.10 wants no scrolling to the side at 320; people sit at 360 and 1280. */
const widths = [1280, 360, 320];
const axeWidths = new Set([1280, 360]);
const height = 900;

declare global {
  // oxlint-disable-next-line no-var -- how a global is declared
  var axe: typeof axeCore;
}

/** Looks at a page as it stands in a tab and gives everything that is wrong with it, in words. */
export type Inspect = (page: Page) => Promise<string[]>;

/**
 * An inspection for tabs with or without JavaScript. axe is JavaScript itself: a page is shown to it in a tab of its own, as
 * the server sent it, and one of a shape that it has already seen is not shown again.
 */
export function inspection(desk: Page): Inspect {
  const known = new Set<string>();
  return async (page) => {
    const found = await scrolledSideways(page);
    const html = await page.content();
    const shape = shapeOf(html);
    if (known.has(shape)) return found;
    known.add(shape);
    return [...found, ...(await barriersIn(desk, page.url(), html))];
  };
}

async function scrolledSideways(page: Page): Promise<string[]> {
  const found: string[] = [];
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height });
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (excess > 0) found.push(`At ${width} pixels it is ${excess} too wide.`);
  }
  if (before) await page.setViewportSize(before);
  return found;
}

/** What axe finds, at each width at which the page takes another form. */
async function barriersIn(page: Page, url: string, html: string): Promise<string[]> {
  const answer = (route: Route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' });
  await page.route(url, answer);
  await page.goto(url);
  await page.unroute(url, answer);
  await page.evaluate(axeCore.source);
  const found: string[] = [];
  for (const width of axeWidths) {
    await page.setViewportSize({ width, height });
    for (const { id, nodes } of await page.evaluate(violationsOf, standards))
      found.push(`axe at ${width} pixels: ${id}: ${nodes.map((node) => node.html).join(' ')}`);
  }
  return found;
}

/** Runs in the page. */
async function violationsOf(tags: string[]): Promise<axeCore.Result[]> {
  const { violations } = await globalThis.axe.run({ runOnly: tags, resultTypes: ['violations'] });
  return violations;
}

/** A page without what differs from one booking to the next, or between languages: words, numbers, addresses. */
function shapeOf(html: string): string {
  return html
    .replace(/>[^<]*[^<\s][^<]*</g, '>x<')
    .replace(/\b(href|hreflang|action|value|content|datetime|for|id|name|lang)="[^"]*"/g, '')
    .replace(/\baria-label="[^"]+"/g, 'aria-label="x"')
    .replace(/\d+/g, '0');
}
