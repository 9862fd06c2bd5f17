import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { translations, type Language, type Translate } from './texts/texts.ts';

/** What every page knows besides its own view. */
export type PageContext = {
  language: Language;
  t: Translate;
  /** The page's own address without the choice of language: the target of the language switch. */
  path: string;
  stylesheets: readonly string[];
  visitor: { signedIn: boolean; coordinates: boolean; teaches: boolean; represents: boolean };
  /** Bound to the sign-in session; in every form of somebody who is signed in. */
  formToken?: string;
  /** Who answers for this installation. */
  operator: { name: string; email: string };
  demo: boolean;
  diskMail: boolean;
};

const Page = createContext<PageContext>({
  language: 'de',
  t: translations.de,
  path: '/',
  stylesheets: [],
  visitor: { signedIn: false, coordinates: false, teaches: false, represents: false },
  operator: { name: 'Mosaik', email: 'mosaik@example.org' },
  demo: false,
  diskMail: false,
});

export const PageProvider = Page.Provider;

/** The page's language, texts and visitor, for any component of it. */
export function usePage(): PageContext {
  return useContext(Page);
}
