-- Pictures without colours in a data set may be the mosaic of a sensor, by the colours of its upper left four pixels.
alter table manuvision_dataset add column bayer text
  constraint manuvision_dataset_bayer_check check (bayer in ('rggb', 'bggr', 'grbg', 'gbrg'));
