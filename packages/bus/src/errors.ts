import { defineErrors, errorKind } from '@millwright/kernel';

export const busErrors = defineErrors('bus', {
  BUS_LISTEN_FAILED: errorKind<{ host: string; port: number; reason: string }>({
    status: 500,
    message: ({ host, port, reason }) => `The MQTT broker cannot listen on ${host}:${port} (${reason}).`,
    remedy: 'Stop whatever holds the port, or choose another with MILLWRIGHT_MQTT_PORT (0 takes any free one).',
  }),
  BUS_UNREACHABLE: errorKind<{ url: string; reason: string }>({
    status: 503,
    message: ({ url, reason }) => `The MQTT broker at ${url} did not answer (${reason}).`,
    remedy: 'Check the address in MILLWRIGHT_MQTT_URL, and that the broker runs and can be reached from here.',
  }),
  BUS_LOGIN_REFUSED: errorKind<{ url: string; reason: string }>({
    status: 503,
    message: ({ url, reason }) => `The MQTT broker at ${url} refused the login (${reason}).`,
    remedy: 'Check the user name, the password and the client id that this server connects with.',
  }),
  BUS_SUBSCRIBE_FAILED: errorKind<{ filter: string; reason: string }>({
    status: 503,
    message: ({ filter, reason }) => `The MQTT broker did not accept the subscription to ${filter} (${reason}).`,
    remedy: "Give this server's account the right to read it.",
  }),
  BUS_PUBLISH_FAILED: errorKind<{ topic: string; reason: string }>({
    status: 503,
    message: ({ topic, reason }) => `The message to ${topic} could not be published (${reason}).`,
    remedy: 'Check that the broker runs and that this account may publish to the topic, then send it again.',
  }),
  BUS_TOPIC_INVALID: errorKind<{ topic: string }>({
    status: 400,
    message: ({ topic }) => `"${topic}" is not a topic that can be published to.`,
    remedy: 'A topic has 1 to 65535 bytes, at most 100 levels, and neither +, # nor a null character.',
  }),
  BUS_FILTER_INVALID: errorKind<{ filter: string }>({
    status: 400,
    message: ({ filter }) => `"${filter}" is not an MQTT topic filter.`,
    remedy: '+ stands for one whole level, # for all levels below and only at the end; at most 100 levels.',
  }),
  BUS_CLOSED: errorKind<Record<string, never>>({
    status: 503,
    message: () => 'The message bus is closed.',
    remedy: 'The server is stopping; try again when it runs.',
  }),
});
