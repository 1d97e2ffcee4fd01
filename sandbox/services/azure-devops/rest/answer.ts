import { Refusal } from '../../git-host/api.ts';
import type { Answer } from '../../git-host/api.ts';

/** A refusal in the service's own words, with the name of its exception. The shape: public reports quote it whole. */
export const refuse = (status: number, typeKey: string, message: string): Refusal =>
  new Refusal({
    status,
    body: {
      $id: '1',
      innerException: null,
      message,
      typeName: `Microsoft.TeamFoundation.Git.Server.${typeKey}, Microsoft.TeamFoundation.Git.Server`,
      typeKey,
      errorCode: 0,
      eventId: 3000,
    },
  });

/** The refusal of a request that only the real service knows. It names what is missing, so that nobody takes silence for an answer. */
export const notModelled = (what: string): Refusal =>
  refuse(501, 'NotModelledException', `Not modelled by the simulated Azure DevOps: ${what}`);

/** Lists are wrapped. */
export const list = (value: readonly unknown[], headers: Record<string, string> = {}): Answer => ({
  status: 200,
  body: { value, count: value.length },
  headers,
});
