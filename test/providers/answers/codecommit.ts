import { sealed, type PastedCredential } from '../../../src/domain/credential';
import { serviceAt } from '../../../src/domain/service';
import type { Connection } from '../../../src/providers/provider';
import { openScriptedService, type Asked, type Reply, type ScriptedService } from '../../support/scripted-service';

export const key = { kind: 'access-key', id: 'AKIAAAAAAAAAAAAAAAAA', secret: 's'.repeat(40) } as const;

/** alice in one region. */
export function connection(credential: PastedCredential = key, ms = 10_000, region = 'us-east-1'): Connection {
  return {
    service: serviceAt('codecommit', region),
    credential: sealed(credential),
    deadline: Date.now() + ms,
  };
}

/** AWS posts everything to one path: the name of a request is its operation. */
export const operationOf = ({ headers, body }: Asked): string =>
  headers['x-amz-target']?.split('.')[1] ?? new URLSearchParams(String(body)).get('Action') ?? '';

export const openAws = (): Promise<ScriptedService> =>
  openScriptedService(
    ['us-east-1', 'cn-north-1'].flatMap((region) => {
      const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
      return [`codecommit.${region}.${suffix}`, `sts.${region}.${suffix}`];
    }),
    operationOf,
  );

/** A refusal as CodeCommit says it. */
export const refused = (type: string, message = '', status = 400): Reply => ({
  status,
  body: { __type: type, message },
});
/** A refusal as the token service says it. */
export const refusedInXml = (code: string, message = 'Said by the service'): Reply => ({
  status: 403,
  body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
});
export const caller = (arn: string): Reply => ({
  body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>X</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
});
export const failure = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });
