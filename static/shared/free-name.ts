/** A name beside one that is taken: `name` → `name-2` → `name-3`. A number that belongs to the issue's key is left alone. */
export function nextName(name: string, issueKey: string): string {
  const [, stem, number] = /^(.+)-(\d{1,3})$/.exec(name) ?? [];
  if (stem === undefined || number === undefined || name.toUpperCase().endsWith(issueKey.toUpperCase()))
    return `${name}-2`;
  return `${stem}-${Number(number) + 1}`;
}
