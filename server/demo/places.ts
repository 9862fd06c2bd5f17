/** Where the demo's seminars are. The houses are invented, the links lead nowhere. */
export const places = {
  centre: 'Lernhaus Mitte, Raum 2.10, Hannover',
  hall: 'Lernhaus Mitte, Saal im Erdgeschoss, Hannover',
  north: 'Stadtteilhaus Nord, Raum 4, Hannover',
  linden: 'Treffpunkt Linden, Werkraum, Hannover',
  south: 'Bürgerhaus Süd, Raum Maschsee, Hannover',
  office: 'Bezirksamt Musterhafen, Sitzungsraum 1',
  onlineRed: 'https://treffen.example.org/raum/rot',
  onlineBlue: 'https://treffen.example.org/raum/blau',
} as const;
