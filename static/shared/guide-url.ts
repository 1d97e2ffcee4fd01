/**
 * The address of a guide, given as a file of docs/guides and a part of it: `errors.md#TIMEOUT`. Nothing where the app was built
 * without an address for them (docs/deploy.md).
 */
export function guideUrl(guide: string): string | undefined {
  const folder = document.querySelector<HTMLMetaElement>('meta[name="guides"]')?.content;
  return folder ? `${folder}/${guide}` : undefined;
}
