/** Longest title of a pull request that is shown and stored: as long as GitHub and GitLab take. */
export const LONGEST_TITLE = 255;

/** Longest name of somebody at a service. */
export const LONGEST_NAME = 255;

/** Cuts a text to so many UTF-16 units, at a character a reader sees, and shows that it was cut. */
export function cutTo(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (kept.length + segment.length + 1 > longest) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
