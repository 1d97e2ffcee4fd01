import type { Service } from './service';

/** The path of a page below the service's address, decoded; nothing for a page of another site. */
export function segmentsOf({ webUrl }: Service, { origin, pathname }: URL): string[] | undefined {
  const base = new URL(webUrl);
  const root = `${base.pathname.replace(/\/$/, '')}/`;
  if (origin !== base.origin || !pathname.toLowerCase().startsWith(root.toLowerCase())) return undefined;
  try {
    return pathname
      .slice(root.length)
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** A number of a pull request: services count from one, and none has come near nine digits. */
export function numberOf(text: string | undefined): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : undefined;
}

/** A branch or a pull request by the names in an address; which of them exist, the service knows. */
export type Named = { repository: string } & ({ branch: string } | { number: number });

/** Of what an address names, what makes sense. */
export function named(
  repository: string,
  { branch = '', number }: { branch?: string | undefined; number?: number | undefined },
): Named | undefined {
  if (repository === '') return undefined;
  if (number !== undefined) return { repository, number };
  return branch === '' ? undefined : { repository, branch };
}
