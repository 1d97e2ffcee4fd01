/** Text of a template, with characters that must never change on the way. */
export const templateText = (name: string) => `# ${name}\n\nSüß: "x" & <y> %{z}\n`;

/** Files by path, each with the text of a template of its name. */
export function templateFiles(paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, templateText(path.replace(/^.*\//, '').replace(/\.\w+$/, ''))]));
}
