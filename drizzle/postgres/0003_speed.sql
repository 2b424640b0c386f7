DROP INDEX "grants_placement";--> statement-breakpoint
DROP INDEX "people_nhs_number";--> statement-breakpoint
DROP INDEX "people_merged_into";--> statement-breakpoint
DROP INDEX "answers_about";--> statement-breakpoint
DROP INDEX "audit_rows_event";--> statement-breakpoint
DROP INDEX "events_caused_by";--> statement-breakpoint
DROP INDEX "events_undoes";--> statement-breakpoint
DROP INDEX "referrals_navigator";--> statement-breakpoint
DROP INDEX "referrals_redirected";--> statement-breakpoint
CREATE INDEX "events_glass_broken" ON "events" USING btree ("at","id") WHERE type = 'referral.glass-broken';--> statement-breakpoint
CREATE INDEX "referrals_navigator_received" ON "referrals" USING btree ("navigator_id","received_at","id") WHERE navigator_id is not null;--> statement-breakpoint
CREATE INDEX "grants_placement" ON "grants" USING btree ("placement_id") WHERE placement_id is not null;--> statement-breakpoint
CREATE INDEX "people_nhs_number" ON "people" USING btree ("nhs_number") WHERE nhs_number is not null;--> statement-breakpoint
CREATE INDEX "people_merged_into" ON "people" USING btree ("merged_into_id") WHERE merged_into_id is not null;--> statement-breakpoint
CREATE INDEX "answers_about" ON "answers" USING btree ("about") WHERE about is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_rows_event" ON "audit_rows" USING btree ("event_id") WHERE event_id is not null;--> statement-breakpoint
CREATE INDEX "events_caused_by" ON "events" USING btree ("caused_by") WHERE caused_by is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "events_undoes" ON "events" USING btree ("undoes") WHERE undoes is not null;--> statement-breakpoint
CREATE INDEX "referrals_navigator" ON "referrals" USING btree ("navigator_id","status") WHERE navigator_id is not null;--> statement-breakpoint
CREATE INDEX "referrals_redirected" ON "referrals" USING btree ("redirected_to_organisation_id","received_at","id") WHERE redirected_to_organisation_id is not null;