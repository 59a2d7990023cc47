// Calls: arguments, modifiers, windows.
#include "sql/parser_internal.h"

namespace casebook::sql {

// From the `(` on. `begin` is where the whole expression starts.
SqlResult<ExprPtr> Parser::ParseCall(Path function, uint32_t begin) {
  auto call = std::make_unique<CallExpr>();
  ASSIGN_OR_RETURN(call->function, SplitQuoted(std::move(function)));
  auto& names = call->function.names;
  if (names.size() > 1 && !names[0].quoted && EqualsIgnoringCase(names[0].text, "SAFE")) {
    call->safe = true;
    names.erase(names.begin());
    call->function.range.begin = names[0].range.begin;
  }
  RETURN_IF_ERROR(ParseCallRest(*call));
  return Done(std::move(call), begin);
}

SqlStatus Parser::ParseCallRest(CallExpr& call) {
  RETURN_IF_ERROR(Expect("("));
  call.distinct = Accept("DISTINCT");
  if (!At(")")) RETURN_IF_ERROR(ParseArguments(call.arguments));
  RETURN_IF_ERROR(ParseCallModifiers(call));
  RETURN_IF_ERROR(Expect(")"));
  if (At("WITH") && At("GROUP", 1)) return Refuse("WITH GROUP ROWS");
  if (!Accept("OVER")) return Nothing();
  ASSIGN_OR_RETURN(call.over, ParseOver());
  return Nothing();
}

SqlStatus Parser::ParseArguments(std::vector<Argument>& arguments) {
  return CommaList([&]() -> SqlStatus {
    ASSIGN_OR_RETURN(Argument argument, ParseArgument());
    arguments.push_back(std::move(argument));
    return Nothing();
  });
}

SqlStatus Parser::ParseCallModifiers(CallExpr& call) {
  if (AcceptBoth("IGNORE", "NULLS")) call.nulls = NullHandling::kIgnore;
  if (AcceptBoth("RESPECT", "NULLS")) call.nulls = NullHandling::kRespect;
  if (Accept("WHERE")) {
    ASSIGN_OR_RETURN(call.where, ParseExpr());
  }
  if (At("GROUP")) return Refuse("GROUP BY in a call");
  if (Accept("HAVING")) {
    if (!At("MAX") && !At("MIN")) return Unexpected();
    call.having.emplace();
    call.having->bound = At("MAX") ? HavingBound::kMax : HavingBound::kMin;
    Skip();
    ASSIGN_OR_RETURN(call.having->expr, ParseExpr());
  }
  if (Accept("ORDER")) RETURN_IF_ERROR(ParseOrderBy(call.order_by));
  if (!Accept("LIMIT")) return Nothing();
  ASSIGN_OR_RETURN(call.limit, ParseLimit());
  return Nothing();
}

SqlResult<Argument> Parser::ParseArgument() {
  const uint32_t begin = Here();
  Argument argument;
  if (AtName() && At("=>", 1)) {
    ASSIGN_OR_RETURN(argument.name, ParseName());
    Skip();
  }
  RETURN_IF_ERROR(ParseArgumentValue(argument));
  argument.range = Since(begin);
  return argument;
}

SqlStatus Parser::ParseArgumentValue(Argument& argument) {
  const bool word_before_name = AtName(1);
  if (word_before_name && (At("TABLE") || At("MODEL") || At("CONNECTION"))) {
    argument.kind = At("TABLE")   ? ArgumentKind::kTable
                    : At("MODEL") ? ArgumentKind::kModel
                                  : ArgumentKind::kConnection;
    Skip();
    ASSIGN_OR_RETURN(argument.path, ParseObjectPath());
    return Nothing();
  }
  if (At("DESCRIPTOR") && At("(", 1)) {
    argument.kind = ArgumentKind::kDescriptor;
    Skip();
    ASSIGN_OR_RETURN(argument.columns, ParseNameList());
    return Nothing();
  }
  if (At("*")) {
    auto star = std::make_unique<StarExpr>();
    const uint32_t begin = Here();
    Skip();
    argument.value = Done(std::move(star), begin);
    return Nothing();
  }
  if (AtLambda()) {
    ASSIGN_OR_RETURN(argument.value, ParseLambda());
    return Nothing();
  }
  ASSIGN_OR_RETURN(argument.value, ParseExpr());
  if (Accept("AS")) {
    ASSIGN_OR_RETURN(argument.alias, ParseName());
  }
  return Nothing();
}

bool Parser::AtLambda() const {
  if (AtName()) return At("->", 1);
  return At("(") && tokens_.list[AfterParentheses(at_)].terminal == Terminal("->");
}

SqlResult<ExprPtr> Parser::ParseLambda() {
  const uint32_t begin = Here();
  auto node = std::make_unique<LambdaExpr>();
  if (At("(") && At(")", 1)) {
    at_ += 2;
  } else if (At("(")) {
    ASSIGN_OR_RETURN(node->parameters, ParseNameList());
  } else {
    ASSIGN_OR_RETURN(node->parameters.emplace_back(), ParseName());
  }
  RETURN_IF_ERROR(Expect("->"));
  ASSIGN_OR_RETURN(node->body, ParseExpr());
  return Done(std::move(node), begin);
}

// --- Windows ---------------------------------------------------------------------------------------

// A name, or a specification in parentheses.
SqlResult<WindowSpec> Parser::ParseOver() {
  if (At("(")) return ParseWindowSpec();
  const uint32_t begin = Here();
  WindowSpec spec;
  spec.bare = true;
  ASSIGN_OR_RETURN(spec.base, ParseName());
  spec.range = Since(begin);
  return spec;
}

SqlResult<WindowSpec> Parser::ParseWindowSpec() {
  const Nest nest(*this);
  if (nest.TooDeep()) return TooDeep();
  const uint32_t begin = Here();
  WindowSpec spec;
  RETURN_IF_ERROR(Expect("("));
  if (AtName()) {
    ASSIGN_OR_RETURN(spec.base, ParseName());
  }
  if (Accept("PARTITION")) {
    RETURN_IF_ERROR(Expect("BY"));
    RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
      ASSIGN_OR_RETURN(spec.partition_by.emplace_back(), ParseExpr());
      return Nothing();
    }));
  }
  if (Accept("ORDER")) RETURN_IF_ERROR(ParseOrderBy(spec.order_by));
  if (At("ROWS") || At("RANGE")) {
    ASSIGN_OR_RETURN(spec.frame, ParseFrame());
  }
  RETURN_IF_ERROR(Expect(")"));
  spec.range = Since(begin);
  return spec;
}

SqlResult<WindowFrame> Parser::ParseFrame() {
  const uint32_t begin = Here();
  WindowFrame frame;
  frame.unit = At("ROWS") ? FrameUnit::kRows : FrameUnit::kRange;
  Skip();
  const bool between = Accept("BETWEEN");
  ASSIGN_OR_RETURN(frame.start, ParseFrameBound());
  if (between) {
    RETURN_IF_ERROR(Expect("AND"));
    ASSIGN_OR_RETURN(frame.end, ParseFrameBound());
  }
  frame.range = Since(begin);
  return frame;
}

SqlResult<FrameBound> Parser::ParseFrameBound() {
  const uint32_t begin = Here();
  FrameBound bound;
  if (AcceptBoth("CURRENT", "ROW")) {
    bound.kind = FrameBoundKind::kCurrentRow;
    bound.range = Since(begin);
    return bound;
  }
  const bool unbounded = Accept("UNBOUNDED");
  if (!unbounded) {
    ASSIGN_OR_RETURN(bound.offset, ParseExpr());
  }
  if (Accept("PRECEDING")) {
    bound.kind = unbounded ? FrameBoundKind::kUnboundedPreceding : FrameBoundKind::kPreceding;
  } else if (Accept("FOLLOWING")) {
    bound.kind = unbounded ? FrameBoundKind::kUnboundedFollowing : FrameBoundKind::kFollowing;
  } else {
    return Unexpected();
  }
  bound.range = Since(begin);
  return bound;
}

// After WINDOW: `w AS (…), v AS w`.
SqlStatus Parser::ParseWindows(std::vector<NamedWindow>& windows) {
  return CommaList([&]() -> SqlStatus {
    NamedWindow window;
    ASSIGN_OR_RETURN(window.name, ParseName());
    RETURN_IF_ERROR(Expect("AS"));
    ASSIGN_OR_RETURN(window.spec, ParseOver());
    windows.push_back(std::move(window));
    return Nothing();
  });
}

}  // namespace casebook::sql
