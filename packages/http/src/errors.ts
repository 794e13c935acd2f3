import { defineErrors, errorKind, type Problem } from '@millwright/kernel';

export const httpErrors = defineErrors('http', {
  REQUEST_INVALID: errorKind<{ problems: Problem[] }>({
    status: 400,
    message: ({ problems }) => `The request is not valid: ${problems.join('; ')}.`,
    remedy: 'Correct the named fields; /api/openapi.json describes every route.',
  }),
  ROUTE_UNKNOWN: errorKind<{ method: string; path: string }>({
    status: 404,
    message: ({ method, path }) => `There is no ${method} ${path}.`,
    remedy: '/api/openapi.json lists every route.',
  }),
  INTERNAL: errorKind<{ correlationId: string }>({
    status: 500,
    message: ({ correlationId }) => `Something went wrong inside the server (${correlationId}).`,
    remedy: 'The log has the cause under this id.',
  }),
  REQUEST_REFUSED: errorKind<{ reason: string }>({
    status: 400,
    message: ({ reason }) => `The request was refused: ${reason}.`,
    remedy: 'Correct the request and send it again.',
  }),
  SIGN_IN_REQUIRED: errorKind<Record<string, never>>({
    status: 401,
    message: () => 'Nobody is signed in.',
    remedy: 'Sign in, or send an API token as `Authorization: Bearer …`.',
  }),
  SIGN_IN_FAILED: errorKind<Record<string, never>>({
    status: 401,
    message: () => 'The name or the password is wrong.',
    remedy: 'Check both; after several wrong tries the account is locked for a while.',
  }),
  ACCOUNT_LOCKED: errorKind<{ until: string }>({
    status: 423,
    message: ({ until }) => `The account is locked until ${until} after too many wrong passwords.`,
    remedy: 'Wait, or ask an administrator to unlock it.',
  }),
  TOO_MANY_SIGN_INS: errorKind<Record<string, never>>({
    status: 429,
    message: () => 'Too many passwords are being tried.',
    remedy: 'Wait ten minutes. If it was not you, somebody guesses passwords from your network.',
  }),
  LIVE_TOPIC_UNKNOWN: errorKind<{ topic: string }>({
    status: 404,
    message: ({ topic }) => `No live topic is called ${topic}.`,
    remedy: 'Topics are `kind:rest`, e.g. `point:ID`, `source:ID`, `jobs:all`.',
  }),
  LIVE_TOPICS_TOO_MANY: errorKind<{ most: number }>({
    status: 429,
    message: ({ most }) => `One connection listens to at most ${most} topics.`,
    remedy: 'Unsubscribe from what is not shown any more.',
  }),
  PASSWORD_CHANGE_REQUIRED: errorKind<Record<string, never>>({
    status: 403,
    message: () => 'The one-time password has to be replaced first.',
    remedy: 'Choose a password of your own.',
  }),
  PASSWORD_TOO_WEAK: errorKind<{ minimum: number }>({
    status: 422,
    message: ({ minimum }) => `The password is too short or too common; it needs at least ${minimum} characters.`,
    remedy: 'Choose a longer one; a sentence is easy to remember.',
  }),
  TOKEN_INVALID: errorKind<{ reason: 'forged' | 'expired' | 'revoked' }>({
    status: 401,
    message: ({ reason }) => `The API token is not valid (${reason}).`,
    remedy: 'Ask an administrator for a new one.',
  }),
  ORIGIN_REFUSED: errorKind<{ origin: string }>({
    status: 403,
    message: ({ origin }) => `A page of ${origin} may not act in this session.`,
    remedy: 'Open the console at its own address.',
  }),
  USER_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no user ${id}.`,
    remedy: 'List the users to find the id.',
  }),
  USER_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `A user called ${name} exists already.`,
    remedy: 'Choose another name.',
  }),
  LAST_ADMINISTRATOR: errorKind<Record<string, never>>({
    status: 409,
    message: () => 'This is the last administrator who can sign in.',
    remedy: 'Make someone else administrator first.',
  }),
  TOKEN_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no token ${id}.`,
    remedy: 'List the tokens to find the id.',
  }),
});
