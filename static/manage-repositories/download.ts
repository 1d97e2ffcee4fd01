/** How long a browser may take to begin a download. */
const KEEP_MS = 60_000;

/** Hands text to the person as a file. Forge's frames allow downloads (`allow-downloads`), and a blob leaves the page for nowhere else. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
