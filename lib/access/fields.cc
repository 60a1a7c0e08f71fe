#include "access/fields.h"

#include <utility>

#include <fmt/format.h>

#include "access/parts.h"
#include "render/plain_words.h"

namespace crumbs {

void AccessView::known(std::string id, std::string article, std::string label,
                       std::string text) const {
  fields.push_back({std::move(id), std::move(article), std::move(label), true, std::move(text)});
}

void AccessView::unknown(std::string id, std::string article, std::string label,
                         std::string text) const {
  fields.push_back({std::move(id), std::move(article), std::move(label), false, std::move(text)});
}

void add_request_fields(const AccessView& view) {
  const AccessRequest& request = view.request;
  const auto stated = [&view](std::string id, std::string label, const std::string& text,
                              std::string_view otherwise) {
    if (text.empty())
      view.unknown(std::move(id), "", std::move(label), std::string(otherwise));
    else
      view.known(std::move(id), "", std::move(label), text);
  };
  stated("request", "Number of the request", request.id, "No number was given to the request.");
  stated("subject", "Person concerned", request.subject, "It was not stated whom this is about.");
  view.unknown("identity", "", "Identity of the person",
               "Not knowable from the device: who used this browser, and whether anybody else did. "
               "Whoever answers the request has to make sure of that.");
  view.known("prepared", "", "Prepared", plain_time(view.report.created) + ".");
  view.unknown("received", "GDPR 12(3)", "Received and answered",
               "Not knowable from the device: when the request came in and when it was answered.");
  const Controller controller = request.controller.value_or(Controller{});
  stated("controller", "Controller (who answers for the data)", controller.name,
         "The controller has not been named.");
  stated("controller-contact", "Contact of the controller", controller.contact,
         "The controller has not stated it.");
  stated("data-protection-contact", "Contact of the data protection officer",
         controller.data_protection_contact, "The controller has not stated it.");
}

std::vector<AccessField> access_fields(const Report& report, const AccessRequest& request) {
  std::vector<AccessField> fields;
  const EntryIndex entries(report.entries);
  const AccessView view{report, request, entries, fields};
  add_request_fields(view);
  add_confirmation_fields(view);
  add_data_fields(view);
  add_rights_fields(view);
  add_acquisition_fields(view);
  return fields;
}

}  // namespace crumbs
