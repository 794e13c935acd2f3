-- Where alerts go. `secret` signs what a webhook is sent; after a new one was made, the one before signs beside it until
-- `previous_until`. A site left out means all sites.
create table cloud_alert_channel (
  id uuid primary key,
  name text not null,
  kind text not null,
  site_id uuid references cloud_node (id),
  config jsonb not null,
  secret text,
  previous_secret text,
  previous_until timestamptz,
  language text not null check (language in ('en', 'zh-CN', 'zh-TW')),
  filter jsonb not null,
  group_seconds integer not null,
  quiet jsonb,
  most_per_minute integer not null,
  retry_hours integer not null,
  created_at timestamptz not null,
  paused_at timestamptz,
  removed_at timestamptz
);
create unique index cloud_alert_channel_name on cloud_alert_channel (lower(name)) where removed_at is null;

-- What modules raised, written by the transaction in which it came to be. `routed_at` is set once it was handed to the channels.
create table cloud_alert (
  id uuid primary key,
  module text not null,
  kind text not null,
  severity text not null check (severity in ('info', 'warning', 'alarm', 'critical')),
  site_id uuid references cloud_node (id),
  subject text not null,
  title jsonb not null,
  body jsonb not null,
  at timestamptz not null,
  link text,
  details jsonb not null,
  picture text,
  bytes integer not null,
  raised_at timestamptz not null,
  routed_at timestamptz
);
create index cloud_alert_unrouted on cloud_alert (raised_at, id) where routed_at is null;
create index cloud_alert_raised on cloud_alert (raised_at desc);

-- One message to one channel, with what became of it. `done` names the parts that were taken already (recipients of a mail).
create table cloud_alert_message (
  id uuid primary key,
  channel_id uuid not null references cloud_alert_channel (id),
  site_id uuid references cloud_node (id),
  purpose text not null check (purpose in ('alerts', 'test')),
  digest boolean not null,
  severity text not null check (severity in ('info', 'warning', 'alarm', 'critical')),
  title jsonb not null,
  alerts integer not null,
  created_at timestamptz not null,
  state text not null check (state in ('waiting', 'delivered', 'undelivered', 'cancelled')),
  attempts integer not null default 0,
  next_at timestamptz,
  give_up_at timestamptz not null,
  settled_at timestamptz,
  receipt text,
  error jsonb,
  done text[] not null default '{}'
);
create index cloud_alert_message_next on cloud_alert_message (next_at) where state = 'waiting';
create index cloud_alert_message_channel on cloud_alert_message (channel_id, created_at desc);
create index cloud_alert_message_created on cloud_alert_message (created_at desc);

-- One row for each time a message was sent. Written before it goes out: a row without an end is one during which the
-- server was killed, so that it may have arrived.
create table cloud_alert_attempt (
  message_id uuid not null references cloud_alert_message (id),
  number integer not null,
  at timestamptz not null,
  ended_at timestamptz,
  receipt text,
  error jsonb,
  primary key (message_id, number)
);

-- An alert on its way to a channel; `message_id` is the message that it stands in, once there is one.
create table cloud_alert_item (
  channel_id uuid not null references cloud_alert_channel (id),
  alert_id uuid not null references cloud_alert (id),
  group_key text not null,
  due_at timestamptz not null,
  held boolean not null default false,
  message_id uuid references cloud_alert_message (id),
  primary key (channel_id, alert_id)
);
create index cloud_alert_item_due on cloud_alert_item (channel_id, due_at) where message_id is null;
create index cloud_alert_item_message on cloud_alert_item (message_id) where message_id is not null;
create index cloud_alert_item_alert on cloud_alert_item (alert_id);
