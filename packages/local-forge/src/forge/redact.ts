const tokenLike = [
  /\bgh[a-z]_[A-Za-z0-9]{10,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{10,}/g,
  // GitLab's prefixes (docs page "Token overview"): another word can begin like them.
  /\bgl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|soat|ffct|wt)-[A-Za-z0-9_.-]{10,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g,
  // Azure DevOps: 52 letters and digits of base 32, or 84 since 2024.
  /(?<![A-Za-z0-9])[a-z2-7]{52}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])[A-Za-z0-9]{84}(?![A-Za-z0-9])/g,
  /(?<=\b(?:Bearer|Basic|token) )[A-Za-z0-9+/=._~-]{16,}/g,
  /(?<=:\/\/)[^\s/@]+(?=@)/g,
];

/** The text with everything that looks like a credential of a git service replaced by `[redacted]`. */
export const redact = (text: string): string =>
  tokenLike.reduce((current, pattern) => current.replace(pattern, '[redacted]'), text);
