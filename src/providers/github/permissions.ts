/** The scopes of a classic token; nothing for a fine-grained one, which GitHub does not list. */
export function scopesOf(header: string | null | undefined): readonly string[] | undefined {
  return header
    ?.split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

/** What a classic token lacks for private repositories: `repo` covers all we do. Nothing is known of a fine-grained one. */
export function missingScopes(scopes: readonly string[] | undefined): readonly string[] {
  return scopes === undefined || scopes.includes('repo') ? [] : ['repo'];
}

/**
 * What a fine-grained token lacks, of `X-Accepted-GitHub-Permissions`: alternatives between `;`, parts of one between `,` (docs
 * "Troubleshooting the REST API"). GitHub does not list what the token has. Where another alternative only adds to the first, the first
 * was not enough, so what it adds is missing: `contents=write; contents=write,workflows=write` is how a refused workflow looks.
 */
export function missingPermissions(headers: Headers): string[] {
  const [first = [], ...others] = (headers.get('x-accepted-github-permissions') ?? '')
    .slice(0, 2_000)
    .split(';')
    .map((alternative) =>
      alternative
        .split(',')
        .map((part) => part.trim())
        .filter((part) => /^\w+=\w+$/.test(part)),
    )
    .filter((parts) => parts.length > 0);
  const added = others
    .filter((parts) => first.every((part) => parts.includes(part)))
    .map((parts) => parts.filter((part) => !first.includes(part)))
    .filter((parts) => parts.length > 0)
    .sort((a, b) => a.length - b.length);
  return (added[0] ?? first).map((part) => part.replace('=', ': '));
}
