/** The answer to a request; `body` becomes JSON. */
export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

/** A refusal in the service's own words, with the name of its exception. */
export class Refusal extends Error {
  readonly status: number;
  readonly typeKey: string;
  readonly headers: Record<string, string>;
  constructor(status: number, typeKey: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.typeKey = typeKey;
    this.headers = headers;
  }
}

/** The refusal of a request that only the real service knows. It names what is missing, so that nobody takes silence for an answer. */
export const notModelled = (what: string): Refusal =>
  new Refusal(501, 'NotModelledException', `Not modelled by the simulated Azure DevOps: ${what}`);

/** The shape of every refusal (public reports quote it whole). */
export const bodyOf = ({ message, typeKey }: Refusal): unknown => ({
  $id: '1',
  innerException: null,
  message,
  typeName: `Microsoft.TeamFoundation.Git.Server.${typeKey}, Microsoft.TeamFoundation.Git.Server`,
  typeKey,
  errorCode: 0,
  eventId: 3000,
});

/** Lists are wrapped. */
export const list = (value: readonly unknown[], headers: Record<string, string> = {}): Answer => ({
  status: 200,
  body: { value, count: value.length },
  headers,
});
