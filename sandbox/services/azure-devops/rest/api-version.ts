import type { Edition } from '../editions.ts';
import { refuse } from './answer.ts';

function compare(one: string, other: string): number {
  const [major = 0, minor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major - otherMajor || minor - otherMinor;
}

/**
 * The version a request asks for, in its `Accept` or its query; refuses what this edition does not serve (docs "REST API
 * versioning"; the wording of the refusals as in public reports, status 400 by general knowledge). Reading without a
 * version gets the newest released one.
 */
export function apiVersionOf(edition: Edition, request: Request): string {
  const asked =
    new URL(request.url).searchParams.get('api-version') ??
    /api-version=([^;,\s]+)/i.exec(request.headers.get('accept') ?? '')?.[1];
  if (asked === undefined) {
    if (request.method === 'GET' || request.method === 'OPTIONS') return edition.released;
    throw refuse(
      400,
      'VssVersionNotSpecifiedException',
      `No api-version was supplied for the "${request.method}" request. The version must be supplied either as part of the Accept header (e.g. "application/json; api-version=1.0") or as a query parameter (e.g. "?api-version=1.0").`,
    );
  }
  const [, version, preview] = /^(\d+\.\d+)(-preview(?:\.\d+)?)?$/.exec(asked) ?? [];
  if (version === undefined) {
    throw refuse(400, 'VssVersionParsingException', `The api-version ${asked} is not valid.`);
  }
  if (compare(version, edition.newest) > 0) {
    throw refuse(
      400,
      'VssVersionOutOfRangeException',
      `The requested REST API version of ${asked} is out of range for this server. The latest REST API version this server supports is ${edition.released}.`,
    );
  }
  if (compare(version, edition.released) > 0 && preview === undefined) {
    throw refuse(
      400,
      'VssInvalidPreviewVersionException',
      `The requested version "${asked}" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests. For example: "${asked}-preview"`,
    );
  }
  return version;
}

/** Whether a request's version has what came with another. */
export const isAtLeast = (version: string, other: string): boolean => compare(version, other) >= 0;
