import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { aRun, aSeminar } from '../support/builders.ts';
import type { Tab } from './tab.ts';
import type { Town } from './town.ts';

const title = 'Beraten zu dritt';
const mostSteps = 40;
const scrollsWithinMs = 2_000;

type Focus = { name: string; isSeen: boolean };

/** Somebody books who has no mouse, and forgets something at first. */
export async function bookWithTheKeyboard(town: Town, scripting: boolean): Promise<void> {
  await aRun({ seminarId: await aSeminar({ title }) });
  const tab = await town.visitor(scripting);
  await tab.open('/');
  await skipToTheContent(tab);
  await stepTo(tab, title);
  await tab.pressKey('Enter');
  await stepTo(tab, 'Platz für mich buchen');
  await tab.pressKey('Enter');

  await stepTo(tab, 'Verbindlich buchen');
  await tab.pressKey('Space');
  await correctWhatIsMissing(tab);
  await stepTo(tab, 'Verbindlich buchen');
  await tab.pressKey('Enter');

  expect(await tab.says()).to.include('Ihre Buchung ist bestätigt');
}

async function skipToTheContent(tab: Tab): Promise<void> {
  await tab.page.keyboard.press('Tab');
  expect(await focusOf(tab)).to.include({ name: 'Zum Inhalt springen', isSeen: true });
  await tab.page.keyboard.press('Enter');
  expect(await tab.page.evaluate(() => document.activeElement?.tagName)).to.equal('MAIN');
}

/** The summary of what is missing has the focus; from there each mistake leads to its field. */
async function correctWhatIsMissing(tab: Tab): Promise<void> {
  expect(await tab.page.title()).to.match(/^Fehler: /);
  expect((await focusOf(tab)).name).to.match(/^Bitte prüfen Sie 2 Angaben/);
  await tab.page.keyboard.press('Tab');
  await tab.page.keyboard.press('Enter');
  expect(await focusInSight(tab)).to.include({ name: 'Vor- und Nachname', isSeen: true });
  await tab.page.keyboard.type('Zaunkönig Probe');
  await stepTo(tab, 'E-Mail-Adresse');
  await tab.page.keyboard.type('zaunkoenig.probe@example.org');
}

/** Presses Tab until this has the focus. On the way nothing may have it unseen. */
async function stepTo(tab: Tab, name: string): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < mostSteps; step += 1) {
    await tab.page.keyboard.press('Tab');
    const focus = await focusInSight(tab);
    expect(focus.isSeen, `"${focus.name}" has the focus, and nobody sees it`).to.equal(true);
    if (focus.name === name) return;
    passed.push(focus.name);
  }
  throw new Error(`"${name}" cannot be reached with the keyboard. On the way: ${passed.join(', ')}`);
}

/** The page may still be scrolling to what has just got the focus. */
async function focusInSight(tab: Tab): Promise<Focus> {
  const giveUpAt = Date.now() + scrollsWithinMs;
  let focus = await focusOf(tab);
  while (!focus.isSeen && Date.now() < giveUpAt) {
    await pause(20);
    focus = await focusOf(tab);
  }
  return focus;
}

function focusOf({ page }: Tab): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { name: 'nothing', isSeen: true };
    const labels = element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels : null;
    const text = labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? element.textContent;
    const { top, bottom, width } = element.getBoundingClientRect();
    const isThere = width > 1 && bottom > 0 && top < window.innerHeight;
    const isMarked = [null, '::before', '::after'].some((part) => {
      const { outlineStyle, outlineWidth, boxShadow } = window.getComputedStyle(element, part);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    });
    return {
      name: text.replace(/\s+/g, ' ').trim(),
      isSeen: isThere && isMarked,
    };
  });
}
