import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Connection } from '../provider';
import { prepared, settings } from './client';

/** A question to the security token service of the same region: whose key it is. It answers in XML. */
export function callerIdentity(connection: Connection) {
  const endpoint = connection.service.apiUrl.replace('https://codecommit.', 'https://sts.');
  const client = prepared(new STSClient(settings(connection, endpoint, 'xml')));
  return () => client.send(new GetCallerIdentityCommand({}));
}
