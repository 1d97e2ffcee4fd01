/**
 * The command that fetches a branch and switches to it, to paste into a POSIX shell. A branch name may hold characters a shell
 * acts on (`$(…)`, `;`, `'`), so anything unusual is quoted.
 */
export function checkoutCommand(branch: string): string {
  const plain = /^[\p{L}\p{N}_./@%+=:,-]+$/u.test(branch);
  return `git fetch && git switch ${plain ? branch : `'${branch.replaceAll("'", `'\\''`)}'`}`;
}
