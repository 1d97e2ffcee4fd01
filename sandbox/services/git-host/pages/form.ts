/** The fields a request sent, as a form or as JSON; a JSON list becomes several values of one name. */
export async function readFields(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.includes('json')) return new URLSearchParams(await request.text());
  const fields = new URLSearchParams();
  const body: unknown = await request.json().catch(() => undefined);
  for (const [name, value] of Object.entries(typeof body === 'object' && body !== null ? body : {})) {
    for (const one of Array.isArray(value) ? value : [value]) fields.append(name, String(one));
  }
  return fields;
}

/** Whether a page of another site made the browser send this form. */
export const isForeign = (request: Request): boolean => request.headers.get('sec-fetch-site') === 'cross-site';
