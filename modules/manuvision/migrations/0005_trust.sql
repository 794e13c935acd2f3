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
