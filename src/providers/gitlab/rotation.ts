import { PersonalAccessTokens } from '@gitbeaker/rest';
import { z } from 'zod';
import { secret } from '../../domain/secret';
import { ok } from '../../domain/result';
import type { Provider } from '../provider';
import { answered, resource } from './client';
import { expiryOf } from './token';

const itself = z.object({ created_at: z.string(), expires_at: z.string().nullable() });
const rotated = z.object({ token: z.string().min(1).max(1000), expires_at: z.string().nullable() });

const DAY_MS = 86_400_000;
/** The longest life GitLab gives without a setting (docs "Personal access tokens"). */
const LONGEST_DAYS = 365;

/**
 * Two requests: how long a life this token has, and the rotation (docs "Personal access tokens API"). The day is always sent, because
 * GitLab would end the new token after a week; a life that this instance has given once it gives again. A day that GitLab refuses
 * changes nothing: the old token is revoked and the new one made in one transaction (`rotate_service.rb`).
 */
export const rotateToken: NonNullable<Provider['rotateToken']> = async (connection, { maxDays = LONGEST_DAYS }) => {
  const token = (kind: 'read' | 'write') => new PersonalAccessTokens(resource(connection, kind));
  const asked = await answered(async () => itself.parse(await token('read').show()));
  if (!asked.ok) return asked;
  const days = Math.max(1, Math.min(lifeOf(asked.value), maxDays, LONGEST_DAYS));
  const expiresAt = new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
  const made = await answered(async () => rotated.parse(await token('write').rotate('self', { expiresAt })));
  if (!made.ok) return made;
  const credential = { kind: 'token', token: secret(made.value.token) } as const;
  return ok({ credential, expiresAt: expiryOf(made.value.expires_at) });
};

/** In days, from the day it was made. */
function lifeOf({ created_at, expires_at }: z.output<typeof itself>): number {
  const days = (Date.parse(expires_at ?? '') - Date.parse(created_at.slice(0, 10))) / DAY_MS;
  return Number.isNaN(days) ? LONGEST_DAYS : Math.round(days);
}
