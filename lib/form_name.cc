#include "form_name.h"

#include <fmt/format.h>

namespace crumbs {

std::string fill_form(std::string form, const std::map<std::string, std::string>& texts) {
  for (const auto& [variable, text] : texts) {
    const std::string placeholder = fmt::format("${{{}}}", variable);
    if (const std::size_t at = form.find(placeholder); at != std::string::npos)
      form.replace(at, placeholder.size(), text);
  }
  return form;
}

const std::string& name_template(const Finding& finding) noexcept {
  return finding.form ? finding.form->name : finding.shape;
}

}  // namespace crumbs
