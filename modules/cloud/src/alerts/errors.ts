import { defineErrors, errorKind, type Problem } from '@millwright/kernel';

export const alertErrors = defineErrors('alerts', {
  ALERT_INVALID: errorKind<{ problems: Problem[] }>({
    status: 500,
    message: ({ problems }) => `A module raised an alert that cannot be used: ${problems.join('; ')}.`,
    remedy: 'This is a fault of the product; please report it with this text.',
  }),
  ALERT_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no alert ${id}.`,
    remedy: 'List them with `millwright alerts raised`; alerts are kept for half a year.',
  }),
  ALERT_PICTURE_MISSING: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `The alert ${id} has no picture to show.`,
    remedy: 'Open what it is about; the picture may be there.',
  }),
  ALERT_CHANNEL_UNKNOWN: errorKind<{ channel: string; known: string[] }>({
    status: 404,
    message: ({ channel, known }) =>
      `There is no alert channel ${channel}; known are: ${known.slice(0, 20).join(', ') || 'none yet'}.`,
    remedy: 'Check the name with `millwright alerts channels`.',
  }),
  ALERT_CHANNEL_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `There is already an alert channel called ${name}.`,
    remedy: 'Choose another name.',
  }),
  ALERT_KIND_UNKNOWN: errorKind<{ kind: string; known: string[] }>({
    status: 422,
    message: ({ kind, known }) => `There is no kind of channel called ${kind}; there are: ${known.join(', ')}.`,
    remedy: 'Choose one of them.',
  }),
  ALERT_CHANNEL_CONFIG_INVALID: errorKind<{ kind: string; problems: Problem[] }>({
    status: 422,
    message: ({ kind, problems }) => `The settings of the ${kind} channel are not valid: ${problems.join('; ')}.`,
    remedy: 'Correct them; docs/guides/alerts.md shows every setting.',
  }),
  ALERT_QUIET_ALWAYS: errorKind<Record<string, never>>({
    status: 422,
    message: () => 'The quiet hours cover the whole week, so that nothing would ever go out.',
    remedy: 'Leave a gap, or pause the channel.',
  }),
  ALERT_NO_SECRET: errorKind<{ kind: string }>({
    status: 422,
    message: ({ kind }) => `A channel of kind ${kind} signs nothing, so it has no secret.`,
    remedy: 'Only webhooks have one.',
  }),
  ALERT_DELIVERY_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no delivery ${id}.`,
    remedy: 'List them with `millwright alerts deliveries`.',
  }),
  ALERT_NOT_RESENDABLE: errorKind<{ state: string; purpose: string }>({
    status: 409,
    message: ({ state, purpose }) => `This delivery cannot be sent again: it is ${state} (${purpose}).`,
    remedy: 'Only what was not delivered can be; a test is simply made anew.',
  }),
  ALERT_CHANNEL_REMOVED: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The alert channel ${name} is removed.`,
    remedy: 'Bring it back first.',
  }),
  ALERT_URL_INSECURE: errorKind<{ host: string }>({
    status: 422,
    message: ({ host }) => `${host} would be called without encryption.`,
    remedy: 'Use https; http is for networks only that the setting allowedNetworks names.',
  }),
  ALERT_TOPIC_RESERVED: errorKind<{ topic: string }>({
    status: 422,
    message: ({ topic }) => `Alerts may not be published to ${topic}: others listen there for something else.`,
    remedy: 'Choose a topic of your own, e.g. millwright/alerts/{site}/{severity}.',
  }),
  ALERT_MAIL_UNSET: errorKind<Record<string, never>>({
    status: 409,
    message: () => 'No mail server is configured.',
    remedy: 'An administrator sets smtpUrl and smtpFrom and starts the server again.',
  }),
  ALERT_MAIL_REFUSED: errorKind<{ recipients: string[]; answer: string }>({
    status: 502,
    message: ({ recipients, answer }) => `The mail server did not take ${recipients.join(', ')}: ${answer}.`,
    remedy: 'Check the addresses; whoever was taken is not sent the mail again.',
  }),
  ALERT_RECEIVER_REFUSED: errorKind<{ host: string; answer: number; text: string }>({
    status: 502,
    message: ({ host, answer, text }) => `${host} answered ${answer}${text ? `: ${text}` : ''}.`,
    remedy: 'See the receiver’s own log; the message is sent again until it answers 2xx.',
  }),
  ALERT_RECEIVER_AWAY: errorKind<{ host: string; reason: string }>({
    status: 502,
    message: ({ host, reason }) => `${host} cannot be reached: ${reason}.`,
    remedy: 'Check address, certificate and network; the message is sent again.',
  }),
  ALERT_RECEIVER_SLOW: errorKind<{ host: string; seconds: number }>({
    status: 504,
    message: ({ host, seconds }) => `${host} did not answer within ${seconds} seconds.`,
    remedy:
      'Let the receiver answer before it works; the message is sent again, and may arrive twice with the same id.',
  }),
  ALERT_SEND_FAILED: errorKind<{ reason: string }>({
    status: 500,
    message: ({ reason }) => `The message could not be sent: ${reason}.`,
    remedy: 'It is sent again; see the server’s log if it goes on.',
  }),
});
