/** A path without its % escapes; undefined when an escape is malformed. */
export function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

type Params = Readonly<Record<string, string>>;

/** The parts of a path that a pattern names, without % escapes; undefined when an escape is malformed. */
function paramsOf(pattern: URLPattern, path: string): Params | undefined {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(pattern.exec({ pathname: path })?.pathname.groups ?? {})) {
    if (value === undefined) continue;
    const text = decoded(value);
    if (text === undefined) return undefined;
    params[name] = text;
  }
  return params;
}

/**
 * Finds the first route that matches a request. Its `path` is a `URLPattern`: `:x` is one part, in which `/` is written `%2F`;
 * `:x+` is all remaining parts.
 */
export function createRouter<Route extends { method?: string; path: string }>(
  routes: readonly Route[],
  options?: { ignoreCase: boolean },
) {
  const patterns = routes.map((route) => ({ route, pattern: new URLPattern({ pathname: route.path }, options) }));
  return (method: string, path: string): { route: Route; params: Params } | undefined => {
    for (const { route, pattern } of patterns) {
      // `test` is much quicker than `exec`.
      if ((route.method ?? method) !== method || !pattern.test({ pathname: path })) continue;
      const params = paramsOf(pattern, path);
      if (params !== undefined) return { route, params };
    }
    return undefined;
  };
}

/** A path or a branch in an address: each part encoded, the slashes left. */
export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
