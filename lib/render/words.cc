#include "render/words.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "context.h"
#include "crumbs/printable.h"
#include "printable.h"

namespace crumbs {
namespace {

constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;

std::string byte_count(const FindingValue& value) {
  return counted(value.length, "byte");
}

/// Chromium sets the bit on whatever another site embeds, where it tells nothing; Firefox only
/// where a page embeds its own site by way of another.
bool tells_ancestor(const Finding& finding) {
  return finding.store.starts_with("firefox.") &&
         finding.partition->cross_site_ancestor.value_or(false);
}

/// The host of an origin; a scheme that is not the usual one stands behind it.
std::string brief_origin(std::string_view origin) {
  constexpr std::string_view kUsual = "https://", kPlain = "http://";
  if (origin.starts_with(kUsual)) return std::string(origin.substr(kUsual.size()));
  if (origin.starts_with(kPlain)) return fmt::format("{} (http)", origin.substr(kPlain.size()));
  return std::string(origin);
}

/// `host` is the host or origin, `top_level` the site that it is embedded in.
std::string placed(const Finding& finding, std::string host, std::string_view top_level) {
  if (finding.kind == ItemKind::cookie && finding.path != "/") host += " " + finding.path;
  if (finding.partition) {
    host += fmt::format(" inside {}", top_level);
    if (tells_ancestor(finding)) host += " by way of another site";
  }
  return host;
}

Text unavailable(const FindingValue& value) {
  std::string text = "not readable";
  if (value.reason) text += ": " + why_unavailable(*value.reason);
  const std::string kind = value.encryption.empty() ? "" : value.encryption + ", ";
  return {{printable(fmt::format("{} ({}{})", text, kind, byte_count(value))), Style::warning}};
}

/// A cut value says how long it is; a whole one needs not.
Text limited(const std::string& raw, const FindingValue& value, std::size_t limit) {
  const std::string text = printable(raw);
  if (limit == 0 || printable_width(text) <= limit) return {{text}};
  return {{shorten(text, limit)}, {fmt::format(" ({})", byte_count(value)), Style::dim}};
}

/// Empty where the text is no time.
Text when(ValueType type, std::string_view text, const Time& now) {
  const auto time = is_time(type) ? parse_iso8601(text) : std::nullopt;
  if (!time) return {};
  return {{human_time(*time)}, {fmt::format(" ({})", relative_time(*time, now)), Style::dim}};
}

/// "2026-11-23 00:17 to 00:18 UTC": the times inside, to the minute.
std::string time_span(const Time& oldest, const Time& newest) {
  const auto minute = [](const Time& time) {
    std::string text = to_iso8601(whole_second(time));
    const std::size_t t = text.rfind('T');
    text[t] = ' ';
    return text.substr(0, t + 6);
  };
  const std::string from = minute(oldest);
  const std::string to = minute(newest);
  if (from == to) return from + " UTC";
  const std::size_t date = from.find(' ') + 1;
  const bool same_day = from.substr(0, date) == to.substr(0, date);
  return fmt::format("{} to {} UTC", from, same_day ? to.substr(date) : to);
}

Text decoded(const FindingValue& value, const Time& now, std::size_t limit) {
  if (value.elements > 0 && value.oldest && value.newest)
    return {{printable(*value.decoded)}, {", " + time_span(*value.oldest, *value.newest)}};
  Text time = when(value.type, *value.decoded, now);
  return time.empty() ? limited(*value.decoded, value, limit) : time;
}

Text raw_bytes(const FindingValue& value, std::size_t limit) {
  Text text = limited(*value.bytes, value, limit);
  text.insert(text.begin(), {"binary: ", Style::dim});
  return text;
}

Text permission(const Deletion& deletion) {
  switch (deletion.verdict) {
    case Verdict::allowed:
      return {{"yes", Style::good}};
    case Verdict::allowed_with_consequence:
      return {{"yes, but", Style::warning}};
    case Verdict::retain:
      return {{"no, keep", Style::bad}};
    case Verdict::undocumented:
      break;
  }
  return {{"not known", Style::accent}, {": nothing documents it"}};
}

Text held(const Hold& hold) {
  Text text{{"held", Style::bad}};
  if (!hold.owner.empty()) text.push_back(shown(" by " + hold.owner));
  if (!hold.until.empty()) text.push_back(shown(" until " + hold.until));
  if (!hold.reason.empty()) text.push_back(shown(": " + hold.reason));
  if (!hold.id.empty()) text.push_back(shown(" [" + hold.id + "]", Style::dim));
  return text;
}

Text untokened(const FindingValue& value, const Time& now, std::size_t limit) {
  if (value.availability == Availability::unavailable) return unavailable(value);
  if (value.decoded) return decoded(value, now, limit);
  if (value.text && !value.text->empty()) return limited(*value.text, value, limit);
  if (value.bytes && !value.bytes->empty()) return raw_bytes(value, limit);
  if (value.length == 0) return {{"empty", Style::dim}};
  return {{fmt::format("not shown ({})", byte_count(value)), Style::dim}};
}

void add_token(Text& text, const std::string& token) {
  if (!token.empty()) text.push_back(shown(fmt::format(" ({})", token)));
}

}  // namespace

std::string human_time(const Time& time) {
  std::string text = to_iso8601(time);
  text.pop_back();
  const std::size_t t = text.rfind('T');
  if (text.substr(t) == "T00:00:00") return text.substr(0, t);
  text[t] = ' ';
  return text + " UTC";
}

std::string span_words(std::int64_t seconds) {
  const auto rounded = [](std::int64_t value, double unit) {
    return static_cast<std::uint64_t>(std::llround(static_cast<double>(value) / unit));
  };
  if (seconds < 90) return counted(static_cast<std::uint64_t>(seconds), "second");
  if (seconds < 90 * kMinute) return counted(rounded(seconds, kMinute), "minute");
  if (seconds < 36 * kHour) return counted(rounded(seconds, kHour), "hour");
  if (seconds < 60 * kDay) return counted(rounded(seconds, kDay), "day");
  if (seconds < 730 * kDay) return counted(rounded(seconds, 30.436875 * kDay), "month");
  return counted(rounded(seconds, 365.2425 * kDay), "year");
}

std::string relative_time(const Time& time, const Time& now) {
  const std::int64_t seconds = time.unix_us / 1'000'000 - now.unix_us / 1'000'000;
  if (seconds == 0) return "now";
  return seconds > 0 ? "in " + span_words(seconds) : span_words(-seconds) + " ago";
}

std::string spaced(std::string_view word) {
  std::string text(word);
  std::ranges::replace(text, '_', ' ');
  return text;
}

const CatalogUsed* find_catalog(const Report& report, std::string_view id) {
  const auto found = std::ranges::find(report.catalogs, id, &CatalogUsed::id);
  return found == report.catalogs.end() ? nullptr : &*found;
}

std::string selected_words(const Report& report) {
  if (!report.summary.selected) return {};
  const Selected& selected = *report.summary.selected;
  if (selected.items == 0) return report.all ? "nothing" : "nothing that a catalog knows";
  std::string kinds;
  const auto add = [&kinds](std::uint64_t count, std::string_view what) {
    if (count > 0) kinds += fmt::format("{}{} {}", kinds.empty() ? ": " : ", ", count, what);
  };
  add(selected.documented, "documented");
  add(selected.drift, "drifting");
  add(selected.undocumented, "undocumented");
  add(selected.possible, "possible");
  add(selected.ambiguous, "ambiguous");
  add(selected.unknown, "unknown");
  add(selected.residue, "of residue");
  std::string text = counted(selected.items, "item") + kinds;
  if (selected.personal > 0) text += fmt::format("; {} with personal data", selected.personal);
  return text;
}

std::string label_words(const Labels& labels) {
  std::string text;
  for (const auto& [key, value] : labels)
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, value);
  return text;
}

std::string profile_number(const Report& report, const std::string& id) {
  const auto at = std::ranges::find(report.profiles, id, [](const ProfileReport& part) {
    return std::string_view(part.profile.id);
  });
  return at == report.profiles.end() ? id : fmt::format("p{}", at - report.profiles.begin() + 1);
}

std::string vendor_name(const Report& report, std::string_view id) {
  const CatalogUsed* used = find_catalog(report, id);
  if (used == nullptr) return std::string(id);
  const std::string name = used->title.substr(0, used->title.find(':'));
  return name.empty() ? std::string(id) : name;
}

std::string why_unavailable(Unavailable reason) {
  switch (reason) {
    case Unavailable::no_key:
      return "encrypted, and no key was given";
    case Unavailable::wrong_key:
      return "the given key does not fit";
    case Unavailable::host_hash_mismatch:
      return "it bears the hash of another host";
    case Unavailable::host_hash_missing:
      return "it lacks the hash of its host";
    case Unavailable::app_bound:
      return "bound to the installed browser";
    case Unavailable::dpapi:
      return "protected by the Windows account (DPAPI)";
    case Unavailable::unknown_encryption:
      return "encrypted in an unknown way";
    case Unavailable::malformed:
      return "its stored form is damaged";
    case Unavailable::too_large:
      return "larger than the limit";
    case Unavailable::wrong_type:
      return "the column holds no text";
    case Unavailable::unreadable:
      return "in a damaged part of the file";
    case Unavailable::removed:
      return "deleted; only its name is left";
  }
  return "unknown";
}

Text running_words(const Running& running) {
  const std::string evidence = running.evidence.empty() ? "" : " (" + running.evidence + ")";
  const std::string answer = fmt::format(
      "{} {}",
      running.running ? "the browser is" : "whether the browser is running:", to_string(running));
  const bool warn = running.running.value_or(false);
  return {{answer, warn ? Style::warning : Style::dim}, shown(evidence, Style::dim)};
}

Text contents(const Finding& finding, const Time& now, std::size_t limit) {
  Text text = untokened(finding.value, now, limit);
  add_token(text, finding.value.token);
  return text;
}

Text field_contents(const ValueField& field, const Time& now) {
  Text text = when(field.type, field.text, now);
  if (text.empty()) text = {shown(field.text)};
  add_token(text, field.token);
  return text;
}

std::string_view whose_claim(const std::optional<Basis>& basis) {
  if (!basis) return {};
  switch (*basis) {
    case Basis::document:
      return "the document says";
    case Basis::interpretation:
      return "our reading";
    case Basis::observation:
      return "publicly seen";
  }
  return {};
}

Text verdict(const Finding& finding) {
  const Deletion& deletion = finding.deletion;
  Text text = permission(deletion);
  if (const std::string_view claim = whose_claim(deletion.basis); !claim.empty())
    text.push_back({fmt::format(" ({})", claim), Style::dim});
  const bool keep = deletion.verdict == Verdict::retain;
  const std::string& why =
      keep && deletion.consequence.empty() ? deletion.reason : deletion.consequence;
  if (!why.empty()) text.push_back(shown(": " + why));
  const auto add = [&text](const Text& more) {
    if (text.back().text.ends_with('.')) text.back().text.pop_back();
    append(text, more, "; ");
  };
  for (const Hold& hold : deletion.holds) add(held(hold));
  if (!deletion.effect_on_rights.empty())
    add({shown(spaced(deletion.effect_on_rights), Style::bad)});
  return text;
}

std::string place_on_card(const Finding& finding) {
  const bool cookie = finding.kind == ItemKind::cookie;
  return placed(finding, cookie ? finding.host : finding.origin,
                finding.partition ? finding.partition->top_level_site : "");
}

std::string brief_place(const Finding& finding) {
  const bool cookie = finding.kind == ItemKind::cookie;
  return placed(finding, cookie ? finding.host : brief_origin(finding.origin),
                finding.partition ? brief_origin(finding.partition->top_level_site) : "");
}

std::string place(const Finding& finding) {
  const std::string context = context_words(finding);
  if (context.empty()) return place_on_card(finding);
  return fmt::format("{} ({})", place_on_card(finding), context);
}

std::string lifetime(const Finding& finding, const Time& now) {
  if (finding.attributes.session.value_or(false)) return "until the browser closes";
  if (finding.times.expires_raw) return "an expiry that cannot be";
  if (!finding.times.expires) return {};
  const Time& expires = *finding.times.expires;
  const Time day = whole_second(expires);
  const std::string date = to_iso8601(day);
  return fmt::format("{} {} ({})", expires.unix_us < now.unix_us ? "expired" : "expires",
                     date.substr(0, date.rfind('T')), relative_time(expires, now));
}

}  // namespace crumbs
