-- What a picture was like (light, focus, place of the part, colour), of what could be judged since there is a drift watch.
alter table manuvision_verdict add column conditions jsonb;

-- Changes of a line against the training set, each from when it was found until it was over.
create table manuvision_drift (
  id uuid primary key,
  station_id uuid not null references manuvision_station (id),
  version integer not null,
  quantity text not null check (quantity in ('score', 'brightness', 'focus', 'position', 'colour')),
  -- Of the first part that it shows in.
  since timestamptz not null,
  found_at timestamptz not null,
  ended_at timestamptz,
  finding_id uuid not null
);
create unique index manuvision_drift_open on manuvision_drift (station_id, quantity) where ended_at is null;
create index manuvision_drift_time on manuvision_drift (station_id, found_at, id);

-- A version whose threshold was set anew has the network of an earlier one; null: it was trained.
alter table manuvision_version add column network_of integer;

-- Thresholds that were worked out from what operators said, and what was decided.
create table manuvision_proposal (
  id uuid primary key,
  station_id uuid not null references manuvision_station (id),
  inspection_id uuid not null,
  version integer not null,
  -- The proposal: rates now and then, misses, parts that would have been judged otherwise.
  result jsonb not null,
  finding_id uuid not null,
  created_at timestamptz not null,
  actor_name text not null,
  -- Null: it waits.
  decision text check (decision in ('accepted', 'dismissed')),
  reason text,
  decided_at timestamptz,
  decided_by text,
  -- That was made by accepting it.
  new_version integer,
  foreign key (inspection_id, version) references manuvision_version (inspection_id, version)
);
create index manuvision_proposal_time on manuvision_proposal (station_id, created_at, id);

-- Parts that belong together, as the plant counts them: those that were judged while it was open. No more than one is open at a station.
create table manuvision_lot (
  id uuid primary key,
  station_id uuid not null references manuvision_station (id),
  number text not null,
  started_at timestamptz not null,
  started_by text not null,
  -- Null: it is open.
  ended_at timestamptz,
  ended_by text
);
create unique index manuvision_lot_open on manuvision_lot (station_id) where ended_at is null;
create index manuvision_lot_time on manuvision_lot (station_id, started_at, id);

-- Reports of lots as they were handed out; a later review makes a new one.
create table manuvision_lot_report (
  id uuid primary key,
  lot_id uuid not null references manuvision_lot (id),
  language text not null check (language in ('en', 'zh-CN', 'zh-TW')),
  -- SHA-256 of the PDF.
  pdf text not null,
  finding_id uuid not null,
  created_at timestamptz not null,
  actor_name text not null
);
create index manuvision_lot_report_lot on manuvision_lot_report (lot_id, created_at);
