CREATE TABLE `directory_import_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`import_id` text NOT NULL,
	`did` text NOT NULL,
	`entry` text NOT NULL,
	`name` text,
	`detail` text,
	FOREIGN KEY (`import_id`) REFERENCES `directory_imports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `directory_import_lines_import` ON `directory_import_lines` (`import_id`,`id`);--> statement-breakpoint
CREATE TABLE `directory_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`status` text NOT NULL,
	`next_page` integer NOT NULL,
	`created` integer NOT NULL,
	`updated` integer NOT NULL,
	`unchanged` integer NOT NULL,
	`left_out` integer NOT NULL,
	`failure` text,
	`started_by` text,
	`started_at` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`started_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `directory_imports_started` ON `directory_imports` (`started_at`);--> statement-breakpoint
CREATE TABLE `locations` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`organisation_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`address_lines` text NOT NULL,
	`city` text,
	`postcode` text,
	`latitude` real,
	`longitude` real,
	`ward_code` text,
	`access` text NOT NULL,
	`access_note` text,
	`feed` text,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `locations_organisation` ON `locations` (`organisation_id`);--> statement-breakpoint
CREATE INDEX `locations_postcode` ON `locations` (`postcode`);--> statement-breakpoint
CREATE TABLE `project_responses` (
	`project_id` text PRIMARY KEY NOT NULL,
	`answered` integer NOT NULL,
	`accepted` integer NOT NULL,
	`reply_days` integer,
	`wait_low_days` integer,
	`wait_high_days` integer,
	`waited` integer NOT NULL,
	`counted_at` text NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `geography_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`file` text NOT NULL,
	`digest` text NOT NULL,
	`edition` text NOT NULL,
	`rows_read` integer NOT NULL,
	`rows_kept` integer NOT NULL,
	`started_by` text,
	`imported_at` text NOT NULL,
	FOREIGN KEY (`started_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `neighbourhoods` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`authority_code` text,
	`ward_code` text,
	`imd_rank` integer,
	`imd_decile` integer,
	`imd_year` integer
);
--> statement-breakpoint
CREATE INDEX `neighbourhoods_ward` ON `neighbourhoods` (`ward_code`);--> statement-breakpoint
CREATE TABLE `postcodes` (
	`postcode` text PRIMARY KEY NOT NULL,
	`ward_code` text,
	`lsoa_code` text,
	`authority_code` text,
	`latitude` real,
	`longitude` real,
	`ended_on` text
);
--> statement-breakpoint
CREATE TABLE `practices` (
	`ods_code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`address_lines` text NOT NULL,
	`postcode` text,
	`phone` text,
	`closed_on` text
);
--> statement-breakpoint
CREATE INDEX `practices_postcode` ON `practices` (`postcode`);--> statement-breakpoint
CREATE TABLE `wards` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`authority_code` text,
	`authority_name` text,
	`locality` text
);
--> statement-breakpoint
CREATE INDEX `wards_locality` ON `wards` (`locality`);--> statement-breakpoint
CREATE TABLE `unmet_needs` (
	`id` text PRIMARY KEY NOT NULL,
	`referral_id` text NOT NULL,
	`placement_id` text,
	`project_id` text,
	`need` text NOT NULL,
	`why` text NOT NULL,
	`note` text,
	`ward_code` text,
	`recorded_by` text,
	`recorded_at` text NOT NULL,
	FOREIGN KEY (`referral_id`) REFERENCES `referrals`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `unmet_needs_referral` ON `unmet_needs` (`referral_id`);--> statement-breakpoint
CREATE INDEX `unmet_needs_recorded` ON `unmet_needs` (`recorded_at`);--> statement-breakpoint
CREATE INDEX `unmet_needs_placement` ON `unmet_needs` (`placement_id`) WHERE placement_id is not null;--> statement-breakpoint
ALTER TABLE `organisations` ADD `description` text;--> statement-breakpoint
ALTER TABLE `organisations` ADD `url` text;--> statement-breakpoint
ALTER TABLE `organisations` ADD `charity_number` text;--> statement-breakpoint
ALTER TABLE `organisations` ADD `feed` text;--> statement-breakpoint
ALTER TABLE `groups` ADD `times` text;--> statement-breakpoint
ALTER TABLE `groups` ADD `location_id` text REFERENCES locations(id);--> statement-breakpoint
ALTER TABLE `projects` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `projects` ADD `status` text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE `projects` ADD `is_open_access` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `projects` ADD `greeter` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `how_to_refer` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `url` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `contact_name` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `contact_phone` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `contact_email` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `cost_pence` integer;--> statement-breakpoint
ALTER TABLE `projects` ADD `cost_note` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `languages` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `access` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `interests` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `alert` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `assured_on` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `assured_by` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `projects` ADD `chased_on` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `feed` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `changed_at` text;--> statement-breakpoint
CREATE INDEX `projects_feed` ON `projects` (`feed`) WHERE feed is not null;--> statement-breakpoint
ALTER TABLE `people` ADD `lsoa_code` text;--> statement-breakpoint
ALTER TABLE `signposts` ADD `ask_on` text;--> statement-breakpoint
ALTER TABLE `signposts` ADD `answer` text;--> statement-breakpoint
ALTER TABLE `signposts` ADD `answered_at` text;--> statement-breakpoint
CREATE INDEX `signposts_ask_on` ON `signposts` (`ask_on`) WHERE ask_on is not null;