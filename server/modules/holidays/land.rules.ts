/** The Länder of Germany by their ISO 3166-2 codes, in the order of their names. */
export const lands = [
  'BW',
  'BY',
  'BE',
  'BB',
  'HB',
  'HH',
  'HE',
  'MV',
  'NI',
  'NW',
  'RP',
  'SL',
  'SN',
  'ST',
  'SH',
  'TH',
] as const;
export type Land = (typeof lands)[number];

const names: Record<Land, string> = {
  BW: 'Baden-Württemberg',
  BY: 'Bayern',
  BE: 'Berlin',
  BB: 'Brandenburg',
  HB: 'Bremen',
  HH: 'Hamburg',
  HE: 'Hessen',
  MV: 'Mecklenburg-Vorpommern',
  NI: 'Niedersachsen',
  NW: 'Nordrhein-Westfalen',
  RP: 'Rheinland-Pfalz',
  SL: 'Saarland',
  SN: 'Sachsen',
  ST: 'Sachsen-Anhalt',
  SH: 'Schleswig-Holstein',
  TH: 'Thüringen',
};

/** A Land by its own name, which is the same in every language. */
export function landName(land: Land): string {
  return names[land];
}

export function isLand(text: string | undefined): text is Land {
  return lands.some((land) => land === text);
}

/** The Land that a word of a file means: its code, with or without `DE-`, or its name. */
export function landMeant(word: string): Land | undefined {
  const plain = word
    .trim()
    .toLowerCase()
    .replace(/^de-/, '')
    .replace(/^(freie und hansestadt|freie hansestadt|freistaat|hansestadt|land) /, '');
  return lands.find((land) => land.toLowerCase() === plain || names[land].toLowerCase() === plain);
}
