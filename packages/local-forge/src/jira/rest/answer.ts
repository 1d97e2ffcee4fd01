/** How Jira answers: JSON, errors as `errorMessages`. */
export function answer(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: { 'x-arequestid': 'sandbox' } });
}

export function refuse(status: number, message: string): Response {
  return answer(status, { errorMessages: [message], errors: {} });
}

/** The answer for a part of Jira that the sandbox does not model. */
export function notModelled(what: string): Response {
  return refuse(501, `Not modelled by the sandbox: ${what}.`);
}

/** The first parameter of a request that the sandbox does not model, so that none is silently ignored. */
export function strayParameter(url: URL, known: readonly string[]): string | undefined {
  return [...url.searchParams.keys()].find((name) => !known.includes(name));
}

/** `startAt` and `maxResults`, as whole numbers; any other value becomes the default, and a page is never longer than `most`. */
export function pageOf<Item>(url: URL, items: readonly Item[], usual: number, most: number) {
  const number = (name: string, fallback: number) => {
    const value = Number(url.searchParams.get(name) ?? fallback);
    return Number.isInteger(value) && value >= 0 ? value : fallback;
  };
  const startAt = number('startAt', 0);
  const maxResults = Math.min(number('maxResults', usual), most);
  const values = items.slice(startAt, startAt + maxResults);
  return { maxResults, startAt, total: items.length, isLast: startAt + values.length >= items.length, values };
}
