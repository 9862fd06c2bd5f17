/** Where the pages of a thing are: always from `BASE_URL`, never from what a request says its host is. */
export type Links = {
  /** This API. */
  api(): string;
  run(id: string): string;
  booking(token: string): string;
  /** The same booking in this API. */
  bookingResource(token: string): string;
  runResource(id: string): string;
};

export function linksFrom(baseUrl: string): Links {
  const api = `${baseUrl}/api/v1`;
  return {
    api: () => api,
    run: (id) => `${baseUrl}/runs/${id}`,
    booking: (token) => `${baseUrl}/bookings/${token}`,
    bookingResource: (token) => `${api}/bookings/${token}`,
    runResource: (id) => `${api}/runs/${id}`,
  };
}
