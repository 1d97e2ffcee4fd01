/**
 * A simulated git service: it answers requests for the host names it owns, the way the real one would.
 *
 * `request.url` always carries the real name (`https://api.github.com/user`), for every caller: the app through the
 * platform's egress door, a browser or git through the loopback door that serves the services to people. Pages of a
 * service therefore only have relative links.
 */
export type Service = {
  /** Host names this service answers for, lower case, without port. */
  hosts: readonly string[];
  handle(request: Request): Promise<Response>;
  /** The account whose credential a request carries, for the request log. Never the credential. */
  accountOf(request: Request): Promise<string | undefined>;
  /** Resets everything to the world. */
  reset(): Promise<void>;
  close(): Promise<void>;
};
